-- Access tokens for programs, and whom each act of the trail concerns (package account).
-- +goose Up
CREATE TABLE account_access_token (
    access_token_id text   NOT NULL PRIMARY KEY,
    person_id       text   NOT NULL REFERENCES account_person (person_id),
    token_hash      text   NOT NULL, -- SHA-256; the token itself was shown once
    name            text   NOT NULL, -- as its person calls it
    verbs           text   NOT NULL, -- parted by spaces
    scope           text   NOT NULL, -- node: wherever the person's roles reach
    created_at      bigint NOT NULL,
    expires_at      bigint NOT NULL,
    used_day        bigint NOT NULL, -- the beginning of the day (UTC) on which it was last used; 0: never
    revoked_at      bigint NOT NULL  -- 0: it was not
);
CREATE UNIQUE INDEX account_access_token_hash ON account_access_token (token_hash);
CREATE INDEX account_access_token_person ON account_access_token (person_id);

-- An act concerns any number of cities and organisations. It is of no tenant: one act may concern two cities.
CREATE TABLE account_audit_about (
    scope    text NOT NULL, -- city/bristol, organisation/tenants
    audit_id text NOT NULL REFERENCES account_audit (audit_id),
    PRIMARY KEY (scope, audit_id)
);

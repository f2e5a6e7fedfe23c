-- People, what they may do, their sessions and one-time tokens, and the trail of privileged acts (package account).
-- +goose Up
CREATE TABLE account_person (
    person_id  text     NOT NULL PRIMARY KEY,
    email      text     NOT NULL,
    email_key  text     NOT NULL, -- the address in lower case
    name       text     NOT NULL,
    language   text     NOT NULL, -- BCP 47
    password   text     NOT NULL, -- argon2id with its parameters; empty: cannot sign in yet
    epoch      bigint   NOT NULL, -- grows when all sessions of the person shall end
    disabled   smallint NOT NULL,
    created_at bigint   NOT NULL
);
CREATE UNIQUE INDEX account_person_email ON account_person (email_key);

CREATE TABLE account_grant (
    person_id  text   NOT NULL REFERENCES account_person (person_id),
    role       text   NOT NULL,
    scope      text   NOT NULL,
    granted_at bigint NOT NULL,
    granted_by text   NOT NULL, -- person, or empty for the command line
    PRIMARY KEY (person_id, role, scope)
);

CREATE TABLE account_session (
    token_hash text   NOT NULL PRIMARY KEY, -- SHA-256; the token itself is in the person's browser only
    person_id  text   NOT NULL,
    data       text   NOT NULL,
    seen_at    bigint NOT NULL,
    expires_at bigint NOT NULL
);
CREATE INDEX account_session_person ON account_session (person_id);
CREATE INDEX account_session_expiry ON account_session (expires_at);

CREATE TABLE account_token (
    token_hash text   NOT NULL PRIMARY KEY,
    person_id  text   NOT NULL REFERENCES account_person (person_id),
    purpose    text   NOT NULL, -- invite or reset
    expires_at bigint NOT NULL
);
CREATE INDEX account_token_person ON account_token (person_id);

CREATE TABLE account_audit (
    audit_id text   NOT NULL PRIMARY KEY,
    acted_at bigint NOT NULL,
    actor    text   NOT NULL, -- person, or empty for the command line
    act      text   NOT NULL,
    subject  text   NOT NULL,
    details  text   NOT NULL -- JSON object
);

-- People who answer certain questions by a link, without an account (package account). What they may do is what is assigned to them.
-- +goose Up
ALTER TABLE account_person ADD COLUMN guest smallint NOT NULL DEFAULT 0; -- 1: comes by a link only, and email_key is no address

CREATE TABLE account_guest (
    person_id  text   NOT NULL PRIMARY KEY REFERENCES account_person (person_id),
    scope      text   NOT NULL, -- for whom they answer, as the room that asks them names it
    token_hash text   NOT NULL, -- SHA-256; the link itself is kept by the guest only
    ends_at    bigint NOT NULL, -- when the link ends
    invited_at bigint NOT NULL,
    invited_by text   NOT NULL -- person
);
CREATE UNIQUE INDEX account_guest_token ON account_guest (token_hash);
CREATE INDEX account_guest_scope ON account_guest (scope);

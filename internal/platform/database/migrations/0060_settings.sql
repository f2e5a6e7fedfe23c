-- What an operator has set, and the secrets among it (package settings). Every version of a section is kept as a whole; the highest is the present one.
-- +goose Up
CREATE TABLE settings_version (
    section    text   NOT NULL,
    version    bigint NOT NULL, -- from 1
    changed_at bigint NOT NULL,
    changed_by text   NOT NULL, -- person, or empty for the command line
    document   text   NOT NULL, -- JSON object; in place of a secret stands its id
    PRIMARY KEY (section, version)
);

CREATE TABLE settings_secret (
    secret_id text NOT NULL PRIMARY KEY,
    sealed    text NOT NULL -- with a key that is not in the database
);

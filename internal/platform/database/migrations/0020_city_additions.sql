-- A city's own indicators beside the standard's (package city): every version as a whole, the highest is the present one.
-- +goose Up
CREATE TABLE city_addition (
    city_id    text   NOT NULL REFERENCES city_government (city_id),
    version    bigint NOT NULL,
    changed_at bigint NOT NULL,
    changed_by text   NOT NULL, -- the person's name
    document   text   NOT NULL, -- JSON object: standards/schema/local.json, but the list may be empty
    PRIMARY KEY (city_id, version)
);

-- By what the public documents of a city were made: the year, the standard, the threshold and the version of their form.
-- +goose Up
CREATE TABLE publication_made (
    city_id text NOT NULL PRIMARY KEY,
    made_by text NOT NULL
);

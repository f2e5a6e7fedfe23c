-- What an organisation says, in other languages (package assessment).
-- +goose Up
CREATE TABLE assessment_translation (
    city_id         text     NOT NULL,
    period          text     NOT NULL,
    requirement     text     NOT NULL,
    organisation_id text     NOT NULL,
    language        text     NOT NULL, -- BCP 47
    translation     text     NOT NULL,
    original        text     NOT NULL, -- the reasons that were translated; where they are others by now, the translation is out of date
    machine         smallint NOT NULL, -- 1: made by a machine
    at              bigint   NOT NULL,
    by_person       text     NOT NULL, -- empty: the command line
    PRIMARY KEY (city_id, period, requirement, organisation_id, language),
    FOREIGN KEY (city_id, period, requirement, organisation_id) REFERENCES assessment_answer (city_id, period, requirement, organisation_id)
);

-- Acts of assigning, each with what it replaced, so that one can be undone (package assessment).
-- +goose Up
CREATE TABLE assessment_handout (
    city_id         text     NOT NULL,
    period          text     NOT NULL,
    organisation_id text     NOT NULL,
    handout_id      text     NOT NULL, -- sorts by time
    person_id       text     NOT NULL, -- empty: the questions were taken from whoever had them
    alternate_id    text     NOT NULL, -- empty: none
    due_at          bigint,            -- first moment of the last day; null: that of the cycle
    replaced        text     NOT NULL, -- JSON object: requirement to who had it; a requirement that nobody had is null
    undone          smallint NOT NULL,
    at              bigint   NOT NULL,
    by_person       text     NOT NULL, -- empty: the command line
    PRIMARY KEY (city_id, period, organisation_id, handout_id),
    FOREIGN KEY (city_id, period) REFERENCES assessment_cycle (city_id, period)
);

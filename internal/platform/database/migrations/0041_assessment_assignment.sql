-- Who is to answer what, and until when (package assessment).
-- +goose Up
CREATE TABLE assessment_assignment (
    city_id         text   NOT NULL,
    period          text   NOT NULL,
    requirement     text   NOT NULL,
    organisation_id text   NOT NULL,
    person_id       text   NOT NULL,
    alternate_id    text   NOT NULL, -- empty: none
    due_at          bigint,          -- first moment of the last day; null: that of the cycle
    at              bigint NOT NULL,
    by_person       text   NOT NULL, -- empty: the command line
    PRIMARY KEY (city_id, period, requirement, organisation_id),
    FOREIGN KEY (city_id, period) REFERENCES assessment_cycle (city_id, period)
);
CREATE INDEX assessment_assignment_person ON assessment_assignment (person_id);
CREATE INDEX assessment_assignment_alternate ON assessment_assignment (alternate_id);

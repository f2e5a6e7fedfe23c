-- The course of a cycle with its trace, and answers with their states, versions and history (package assessment).
-- +goose Up
ALTER TABLE assessment_cycle ADD COLUMN answer_by bigint; -- first moment of the day until which answers are asked for; null: none was named
ALTER TABLE assessment_cycle ADD COLUMN purpose text NOT NULL DEFAULT 'regular'; -- or first: the first year of a city that becomes a human rights city

CREATE TABLE assessment_step (
    city_id    text   NOT NULL,
    period     text   NOT NULL,
    step_id    text   NOT NULL, -- sorts by time
    from_state text   NOT NULL, -- empty: the cycle was begun
    to_state   text   NOT NULL,
    at         bigint NOT NULL,
    by_person  text   NOT NULL, -- empty: the command line
    note       text   NOT NULL,
    unanswered text   NOT NULL, -- requirements that stay without an answer by the authority, with spaces between them
    PRIMARY KEY (city_id, period, step_id),
    FOREIGN KEY (city_id, period) REFERENCES assessment_cycle (city_id, period)
);

-- Answers that were recorded before had been handed in.
ALTER TABLE assessment_answer ADD COLUMN state text NOT NULL DEFAULT 'given'; -- draft, given, returned, accepted or disputed
ALTER TABLE assessment_answer ADD COLUMN version bigint NOT NULL DEFAULT 1; -- grows with every change
ALTER TABLE assessment_answer ADD COLUMN whose text NOT NULL DEFAULT ''; -- of not_local: who has the power
ALTER TABLE assessment_answer ADD COLUMN kept_from text NOT NULL DEFAULT ''; -- the period whose answer was kept; empty: it was written anew
ALTER TABLE assessment_answer ADD COLUMN note text NOT NULL DEFAULT ''; -- of whoever returned or disputed it
ALTER TABLE assessment_answer ADD COLUMN changed_by text NOT NULL DEFAULT ''; -- person; empty: the command line

CREATE TABLE assessment_answer_change (
    city_id         text   NOT NULL,
    period          text   NOT NULL,
    requirement     text   NOT NULL,
    organisation_id text   NOT NULL,
    change_id       text   NOT NULL, -- sorts by time
    version         bigint NOT NULL, -- that the answer has since; of a text that was put aside: on which it was written
    how             text   NOT NULL, -- typed, kept, given, taken_back, returned, accepted, disputed, aside or imported
    document        text   NOT NULL, -- JSON object: the answer as it was since
    at              bigint NOT NULL,
    by_person       text   NOT NULL, -- empty: the command line
    note            text   NOT NULL,
    PRIMARY KEY (city_id, period, requirement, organisation_id, change_id),
    FOREIGN KEY (city_id, period) REFERENCES assessment_cycle (city_id, period)
);

-- Cycles and what the parties answer in them (package assessment).
-- +goose Up
CREATE TABLE assessment_cycle (
    city_id    text   NOT NULL,
    period     text   NOT NULL, -- a year, or a span of years
    standard   text   NOT NULL, -- ID@VERSION
    profile    text   NOT NULL,
    state      text   NOT NULL, -- draft, open, review, reply, validated, published or archived
    changed_at bigint NOT NULL, -- when it came to this state
    PRIMARY KEY (city_id, period)
);

CREATE TABLE assessment_answer (
    city_id         text     NOT NULL,
    period          text     NOT NULL,
    requirement     text     NOT NULL,
    organisation_id text     NOT NULL, -- empty: the residents
    party           text     NOT NULL, -- authority, civil_society or residents
    grade           smallint,          -- 0 to 4; null: an honest value, or none yet
    honest_value    text     NOT NULL, -- not_available, not_applicable, not_local, or empty
    reasons         text     NOT NULL,
    language        text     NOT NULL, -- BCP 47, of the reasons
    grounds         text     NOT NULL, -- JSON object: the residents' share, the evidence, what is said of indicators
    changed_at      bigint   NOT NULL,
    PRIMARY KEY (city_id, period, requirement, organisation_id),
    FOREIGN KEY (city_id, period) REFERENCES assessment_cycle (city_id, period)
);

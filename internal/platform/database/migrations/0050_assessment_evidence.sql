-- The documents and pages on which answers rest, and what was done with them (package assessment).
-- +goose Up
CREATE TABLE assessment_evidence (
    city_id         text   NOT NULL,
    period          text   NOT NULL,
    requirement     text   NOT NULL,
    organisation_id text   NOT NULL,
    evidence_id     text   NOT NULL, -- sorts by time
    version         bigint NOT NULL, -- grows with every change
    indicator       text   NOT NULL, -- of the requirement, on which it hangs; empty: on the whole
    kind            text   NOT NULL, -- of the standard's evidence; empty: not said
    title           text   NOT NULL,
    dated           text   NOT NULL, -- of the document: 2025, 2025-03 or 2025-03-31; empty: not known
    language        text   NOT NULL, -- BCP 47, of the document; empty: not said
    note            text   NOT NULL, -- where to look in it
    url             text   NOT NULL, -- of a page; empty: a file
    file_hash       text   NOT NULL, -- SHA-256 of what is kept; empty: a page
    file_name       text   NOT NULL,
    media_type      text   NOT NULL,
    size            bigint NOT NULL, -- bytes
    level           text   NOT NULL, -- public, reviewers or sealed
    checked_by      text   NOT NULL, -- person who has checked it for the public; empty: the command line, or nobody
    checked_at      bigint NOT NULL, -- 0: nobody has
    from_period     text   NOT NULL, -- of the assessment from which it was taken over; empty: it was added anew
    at              bigint NOT NULL,
    by_person       text   NOT NULL, -- empty: the command line
    removed_at      bigint NOT NULL, -- 0: it is there
    PRIMARY KEY (city_id, period, requirement, organisation_id, evidence_id),
    FOREIGN KEY (city_id, period) REFERENCES assessment_cycle (city_id, period)
);
-- How much evidence each answer of a cycle has is read from this alone.
CREATE INDEX assessment_evidence_count ON assessment_evidence (city_id, period, removed_at, requirement, organisation_id);

CREATE TABLE assessment_evidence_change (
    city_id     text   NOT NULL,
    period      text   NOT NULL,
    evidence_id text   NOT NULL,
    change_id   text   NOT NULL, -- sorts by time
    how         text   NOT NULL, -- added, kept, edited, levelled, removed or restored
    document    text   NOT NULL, -- JSON object: what it said since
    at          bigint NOT NULL,
    by_person   text   NOT NULL, -- empty: the command line
    PRIMARY KEY (city_id, period, evidence_id, change_id),
    FOREIGN KEY (city_id, period) REFERENCES assessment_cycle (city_id, period)
);

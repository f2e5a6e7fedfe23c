-- Work that waits to be done after a transaction (package jobs).
-- +goose Up
CREATE TABLE jobs_job (
    job_id      text   NOT NULL PRIMARY KEY,
    kind        text   NOT NULL,
    about       text   NOT NULL, -- JSON object: what an operator may see of it
    payload     text   NOT NULL, -- what it takes to do it; empty once it is done
    state       text   NOT NULL, -- waiting, done or failed
    attempts    bigint NOT NULL,
    due_at      bigint NOT NULL, -- while somebody works on it: until when nobody else does
    queued_at   bigint NOT NULL,
    ended_at    bigint,          -- null: it is waiting
    failure     text   NOT NULL  -- of the last attempt; empty: there was none
);
CREATE INDEX jobs_job_due ON jobs_job (state, due_at);

-- How often a person is told what waits for them, and what they were told last (package notice).
-- +goose Up
CREATE TABLE notice_reader (
    person_id text   NOT NULL PRIMARY KEY,
    rhythm    text   NOT NULL, -- daily, weekly or never; empty: as the node does
    looked_at bigint NOT NULL, -- when it was last looked what waits for them
    sent_at   bigint NOT NULL, -- when they were last told; 0: never
    said      text   NOT NULL  -- JSON object: task to group, as they were last told
);

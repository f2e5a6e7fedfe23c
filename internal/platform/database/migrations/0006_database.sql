-- The count of public changes, spread over slots (version.go).
-- +goose Up
CREATE TABLE database_version (
    slot    smallint NOT NULL PRIMARY KEY,
    changes bigint   NOT NULL
);
INSERT INTO database_version (slot, changes)
VALUES (0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (10, 0), (11, 0), (12, 0), (13, 0), (14, 0), (15, 0);

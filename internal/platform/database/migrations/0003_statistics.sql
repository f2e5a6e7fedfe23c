-- Source indicators, the mapping to the standard, imports and revisions (internal/statistics).

-- +goose Up
CREATE TABLE statistics_source (
    city_id     text     NOT NULL,
    code        text     NOT NULL, -- of the source indicator, in lower case
    origin      text     NOT NULL, -- form of the input it came from: opensdg, csv
    digest      text     NOT NULL, -- SHA-256 of document
    document    text     NOT NULL, -- JSON object: columns, keys, periods, values, metadata
    import_id   text     NOT NULL, -- the import that last changed it
    imported_at bigint   NOT NULL, -- unix milliseconds
    PRIMARY KEY (city_id, code)
);

CREATE TABLE statistics_mapping (
    city_id   text   NOT NULL,
    place     bigint NOT NULL, -- order of the rows
    document  text   NOT NULL, -- JSON object: one row of the mapping
    import_id text   NOT NULL,
    PRIMARY KEY (city_id, place)
);

CREATE TABLE statistics_import (
    city_id  text   NOT NULL,
    id       text   NOT NULL,
    at       bigint NOT NULL, -- unix milliseconds
    actor    text   NOT NULL,
    origin   text   NOT NULL,
    name     text   NOT NULL, -- of the folder or file, as the person called it
    reason   text   NOT NULL,
    document text   NOT NULL, -- JSON object: totals
    PRIMARY KEY (city_id, id)
);

-- One row for each figure that was changed or withdrawn; a first figure is no revision.
CREATE TABLE statistics_revision (
    city_id    text   NOT NULL,
    source     text   NOT NULL, -- code of the source indicator
    id         text   NOT NULL,
    dimensions text   NOT NULL, -- JSON object: column to cell
    period     text   NOT NULL,
    start_day  bigint NOT NULL, -- yyyymmdd
    end_day    bigint NOT NULL,
    old_value  double precision,   -- null: there was a mark in its place
    new_value  double precision,   -- null: withdrawn, or a mark in its place
    old_text   text   NOT NULL, -- mark or status
    new_text   text   NOT NULL,
    withdrawn  smallint NOT NULL,
    reason     text   NOT NULL,
    at         bigint NOT NULL,
    actor      text   NOT NULL,
    import_id  text   NOT NULL,
    PRIMARY KEY (city_id, source, id)
);

-- +goose Down
DROP TABLE statistics_revision;
DROP TABLE statistics_import;
DROP TABLE statistics_mapping;
DROP TABLE statistics_source;

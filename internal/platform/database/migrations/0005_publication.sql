-- What passed the gate, as ready documents, and what it kept back (package publication).
-- +goose Up
CREATE TABLE publication_document (
    city_id    text     NOT NULL,
    kind       text     NOT NULL, -- city, entry, assessment, requirement or series
    period     text     NOT NULL, -- empty where the document is of no single period
    name       text     NOT NULL, -- requirement or indicator; empty for the others
    telling    smallint NOT NULL, -- of a requirement: whether it has an answer or a figure
    changed_at bigint   NOT NULL,
    document   text     NOT NULL, -- JSON object
    PRIMARY KEY (city_id, kind, period, name)
);
CREATE INDEX publication_document_kind ON publication_document (kind, name, changed_at);

CREATE TABLE publication_held (
    city_id  text NOT NULL PRIMARY KEY,
    document text NOT NULL -- JSON object
);

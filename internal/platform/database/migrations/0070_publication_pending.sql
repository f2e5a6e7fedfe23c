-- Cities whose public documents are to be made anew before anybody reads them (internal/publication).

-- +goose Up
CREATE TABLE publication_pending (
    city_id text NOT NULL PRIMARY KEY
);

-- +goose Down
DROP TABLE publication_pending;

-- Mappings that a city had before the one it has now (internal/statistics).

-- +goose Up
CREATE TABLE statistics_former_mapping (
    city_id     text NOT NULL,
    import_id   text NOT NULL, -- the import that brought it; statistics_import says who and when
    replaced_by text NOT NULL, -- the import that brought the next one
    document    text NOT NULL, -- JSON object: the rows
    PRIMARY KEY (city_id, import_id)
);

-- +goose Down
DROP TABLE statistics_former_mapping;

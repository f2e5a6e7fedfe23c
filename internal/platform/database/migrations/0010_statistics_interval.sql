-- Bounds of the intervals of figures that were changed or withdrawn (internal/statistics).

-- +goose Up
ALTER TABLE statistics_revision ADD COLUMN old_lower double precision; -- null: not known, as the three below
ALTER TABLE statistics_revision ADD COLUMN old_upper double precision;
ALTER TABLE statistics_revision ADD COLUMN new_lower double precision;
ALTER TABLE statistics_revision ADD COLUMN new_upper double precision;

-- +goose Down
ALTER TABLE statistics_revision DROP COLUMN new_upper;
ALTER TABLE statistics_revision DROP COLUMN new_lower;
ALTER TABLE statistics_revision DROP COLUMN old_upper;
ALTER TABLE statistics_revision DROP COLUMN old_lower;

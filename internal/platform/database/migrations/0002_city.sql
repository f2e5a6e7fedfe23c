-- Cities and other local governments, organisations, memberships and the history of their changes (package city).
-- city_id is the city's code; it is empty for an organisation that belongs to no single city.
-- +goose Up
CREATE TABLE city_government (
    city_id           text             NOT NULL PRIMARY KEY,
    name              text             NOT NULL,
    country           text             NOT NULL,
    kind              text             NOT NULL,
    population        bigint,
    population_year   bigint           NOT NULL,
    population_source text             NOT NULL,
    languages         text             NOT NULL, -- BCP 47 tags with spaces between them
    latitude          double precision,
    longitude         double precision,
    fictional         smallint         NOT NULL,
    since             text             NOT NULL,
    about             text             NOT NULL,
    version           bigint           NOT NULL
);

CREATE TABLE city_place (
    city_id    text NOT NULL REFERENCES city_government (city_id),
    source_key text NOT NULL, -- the source in lower case, letters and digits only
    source     text NOT NULL,
    code_key   text NOT NULL, -- the code in capitals, without spaces
    code       text NOT NULL,
    PRIMARY KEY (city_id, source_key)
);
CREATE INDEX city_place_code ON city_place (code_key, source_key);

CREATE TABLE city_competence (
    city_id text NOT NULL REFERENCES city_government (city_id),
    service text NOT NULL,
    share   text NOT NULL,
    law     text NOT NULL,
    PRIMARY KEY (city_id, service)
);

CREATE TABLE city_organisation (
    city_id         text   NOT NULL,
    organisation_id text   NOT NULL,
    kind            text   NOT NULL,
    name            text   NOT NULL,
    country         text   NOT NULL,
    url             text   NOT NULL,
    version         bigint NOT NULL,
    PRIMARY KEY (city_id, organisation_id)
);
CREATE INDEX city_organisation_code ON city_organisation (organisation_id);

CREATE TABLE city_membership (
    city_id         text   NOT NULL REFERENCES city_government (city_id),
    organisation_id text   NOT NULL,
    since           bigint NOT NULL,
    PRIMARY KEY (city_id, organisation_id)
);
CREATE INDEX city_membership_organisation ON city_membership (organisation_id);

CREATE TABLE city_change (
    city_id    text   NOT NULL,
    change_id  text   NOT NULL,
    changed_at bigint NOT NULL,
    changed_by text   NOT NULL, -- person, or empty for the command line
    subject    text   NOT NULL, -- city, organisation or membership
    subject_id text   NOT NULL,
    fields     text   NOT NULL, -- JSON object: field to {from, to}
    PRIMARY KEY (city_id, change_id)
);

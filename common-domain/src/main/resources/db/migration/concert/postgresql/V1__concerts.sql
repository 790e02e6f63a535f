CREATE TABLE concert (
    id          uuid          PRIMARY KEY,
    -- Sorted and folded in the same way under every locale of the server.
    title       varchar(200)  COLLATE "und-x-icu" NOT NULL,
    description varchar(2000) NOT NULL,
    cancelled   boolean       NOT NULL
);

CREATE INDEX concert_title ON concert (title, id);

CREATE TABLE schedule (
    id         uuid         PRIMARY KEY,
    concert_id uuid         NOT NULL REFERENCES concert,
    venue      varchar(200) NOT NULL,
    starts_at  timestamptz  NOT NULL,
    cancelled  boolean      NOT NULL,
    -- Grows with every change. Those who sell seats have been told of the version in told.
    version    bigint       NOT NULL DEFAULT 0,
    told       bigint       NOT NULL DEFAULT 0
);

CREATE INDEX schedule_concert ON schedule (concert_id, starts_at);

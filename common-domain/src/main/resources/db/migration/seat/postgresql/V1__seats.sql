CREATE TABLE seat (
    id          uuid        PRIMARY KEY,
    schedule_id uuid        NOT NULL,
    section     varchar(20) COLLATE "und-x-icu" NOT NULL,
    seat_row    integer     NOT NULL CHECK (seat_row > 0),
    seat_number integer     NOT NULL CHECK (seat_number > 0),
    grade       varchar(20) NOT NULL,
    price       bigint      NOT NULL CHECK (price > 0),
    UNIQUE (schedule_id, section, seat_row, seat_number)
);

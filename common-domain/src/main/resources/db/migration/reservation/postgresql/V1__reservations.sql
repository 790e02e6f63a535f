-- What is known here of schedules and of users, told by the services that own them. A rule that another service is only
-- asked about may not hold any more when it is applied. Holding a seat shares the locks of both rows.
CREATE TABLE schedule_copy (
    id        uuid        PRIMARY KEY,
    version   bigint      NOT NULL,
    starts_at timestamptz NOT NULL,
    cancelled boolean     NOT NULL
);

CREATE TABLE customer (
    user_id    uuid    PRIMARY KEY,
    closed     boolean NOT NULL DEFAULT false,
    -- The number of the last withdrawal that has closed or reopened it.
    withdrawal bigint  NOT NULL DEFAULT 0
);

CREATE TABLE reservation (
    id          uuid        PRIMARY KEY,
    user_id     uuid        NOT NULL,
    schedule_id uuid        NOT NULL,
    seat_id     uuid        NOT NULL,
    price       bigint      NOT NULL CHECK (price > 0),
    status      varchar(10) NOT NULL
                CHECK (status IN ('HELD', 'PAYING', 'CONFIRMED', 'CANCELLED', 'EXPIRED')),
    held_until  timestamptz NOT NULL,
    payment_id  uuid,
    -- Payments that were undone: their step is refused when it arrives late. They are kept in this row, so that a
    -- statement that has waited for the row sees them.
    tombstones  uuid[]      NOT NULL DEFAULT '{}',
    -- Of the request that made it, if that had one.
    idempotency_key varchar(100),
    created_at  timestamptz NOT NULL,
    -- One that is cancelled goes on naming a payment that was refunded.
    CONSTRAINT paid_by_a_payment CHECK (CASE status
        WHEN 'PAYING'    THEN payment_id IS NOT NULL
        WHEN 'CONFIRMED' THEN payment_id IS NOT NULL
        WHEN 'CANCELLED' THEN true
        ELSE payment_id IS NULL END)
);

CREATE UNIQUE INDEX one_live_reservation_a_seat ON reservation (seat_id)
    WHERE status IN ('HELD', 'PAYING', 'CONFIRMED');
CREATE UNIQUE INDEX one_reservation_a_payment ON reservation (payment_id);
CREATE UNIQUE INDEX one_reservation_a_key ON reservation (user_id, idempotency_key)
    WHERE idempotency_key IS NOT NULL;
-- For operators. It lists the few that a payment was undone of, and costs no other anything.
CREATE INDEX reservation_tombstones ON reservation USING gin (tombstones) WHERE tombstones <> '{}';
CREATE INDEX reservation_user ON reservation (user_id, created_at);
CREATE INDEX reservation_schedule ON reservation (schedule_id) WHERE status IN ('HELD', 'PAYING', 'CONFIRMED');
CREATE INDEX reservation_holds ON reservation (held_until) WHERE status = 'HELD';

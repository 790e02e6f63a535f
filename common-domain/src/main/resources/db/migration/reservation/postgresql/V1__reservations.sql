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
    CONSTRAINT paid_by_a_payment CHECK ((status IN ('PAYING', 'CONFIRMED')) = (payment_id IS NOT NULL))
);

CREATE UNIQUE INDEX one_live_reservation_a_seat ON reservation (seat_id)
    WHERE status IN ('HELD', 'PAYING', 'CONFIRMED');
CREATE UNIQUE INDEX one_reservation_a_payment ON reservation (payment_id);
CREATE UNIQUE INDEX one_reservation_a_key ON reservation (user_id, idempotency_key)
    WHERE idempotency_key IS NOT NULL;
CREATE INDEX reservation_user ON reservation (user_id, created_at);
CREATE INDEX reservation_schedule ON reservation (schedule_id) WHERE status IN ('HELD', 'PAYING', 'CONFIRMED');
CREATE INDEX reservation_holds ON reservation (held_until) WHERE status = 'HELD';

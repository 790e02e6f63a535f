CREATE TABLE partner (
    id            uuid         PRIMARY KEY,
    name          varchar(100) COLLATE "und-x-icu" NOT NULL CONSTRAINT one_partner_a_name UNIQUE,
    url           text         NOT NULL,
    secret        varchar(200) NOT NULL,
    feed_key_hash char(64)     NOT NULL UNIQUE,
    status        varchar(10)  NOT NULL CHECK (status IN ('ACTIVE', 'PARKED', 'ENDED')),
    activation    uuid         UNIQUE,
    failures      integer      NOT NULL CHECK (failures >= 0),
    last_error    text,
    CONSTRAINT delivered_to_while_active CHECK (activation IS NULL OR status = 'ACTIVE')
);

-- What partners are told: sales and, later, cancellations of some of them.
CREATE TABLE sale (
    number      bigint      PRIMARY KEY,
    event       varchar(10) NOT NULL CHECK (event IN ('SOLD', 'CANCELLED')),
    payment_id  uuid        NOT NULL,
    schedule_id uuid        NOT NULL,
    seat_ids    uuid[]      NOT NULL,
    price       bigint      NOT NULL CHECK (price > 0),
    recorded_at timestamptz NOT NULL,
    CONSTRAINT one_sale_and_one_cancellation_a_payment UNIQUE (payment_id, event)
);

-- A sequence would let a later number be seen before an earlier one, and a reader of the feed miss that.
CREATE TABLE last_sale (
    number   bigint  NOT NULL,
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row)
);

INSERT INTO last_sale (number) VALUES (0);

CREATE TABLE partner_delivery (
    partner_id   uuid        NOT NULL REFERENCES partner,
    sale_number  bigint      NOT NULL REFERENCES sale,
    attempts     integer     NOT NULL DEFAULT 0,
    delivered_at timestamptz,
    PRIMARY KEY (partner_id, sale_number)
);

CREATE INDEX partner_delivery_pending ON partner_delivery (partner_id, sale_number) WHERE delivered_at IS NULL;

-- What this service has to tell the others about payments: a row for each event and reader, until the reader has
-- acknowledged it. Rows are written by the transaction that causes the event, and taken one by one. Nobody keeps a
-- position: an event whose transaction commits later than those after it is not passed over.
CREATE TABLE outbox (
    number         bigint       GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reader         varchar(20)  NOT NULL,
    kind           varchar(30)  NOT NULL,
    payment_id     uuid         NOT NULL,
    user_id        uuid         NOT NULL,
    reservation_id uuid         NOT NULL,
    amount         bigint       NOT NULL,
    reason         varchar(50),
    detail         text,
    trace          varchar(100),
    recorded_at    timestamptz  NOT NULL,
    -- From then on it is handed over again. Until then it is in the hands of a process or a reader.
    due_at         timestamptz  NOT NULL
);

CREATE INDEX outbox_due ON outbox (reader, due_at);
CREATE INDEX outbox_payment ON outbox (payment_id, reader, number);

-- The events to which this service has reacted, each in the transaction of its reaction: there is one of each kind for a
-- payment, and it is reacted to once.
CREATE TABLE inbox (
    payment_id uuid        NOT NULL,
    kind       varchar(30) NOT NULL,
    reader     varchar(20) NOT NULL,
    reacted_at timestamptz NOT NULL,
    PRIMARY KEY (payment_id, kind, reader)
);

CREATE INDEX inbox_reacted ON inbox (reacted_at);

-- Events to which this service could not react, however often it tried. They wait for an operator.
CREATE TABLE parked (
    number         bigint       GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reader         varchar(20)  NOT NULL,
    kind           varchar(30)  NOT NULL,
    payment_id     uuid         NOT NULL,
    user_id        uuid         NOT NULL,
    reservation_id uuid         NOT NULL,
    amount         bigint       NOT NULL,
    reason         varchar(50),
    detail         text,
    trace          varchar(100),
    failure        text         NOT NULL,
    parked_at      timestamptz  NOT NULL,
    CONSTRAINT parked_once UNIQUE (payment_id, kind, reader)
);

-- The payment service alone: the payments that are cancelled, with a row for each service that has still to tell that it
-- has undone its part. Until then, their user pays nothing else, because points or the seat may be missing.
CREATE TABLE undoing (
    payment_id uuid        NOT NULL,
    service    varchar(20) NOT NULL,
    user_id    uuid        NOT NULL,
    PRIMARY KEY (payment_id, service)
);

CREATE INDEX undoing_user ON undoing (user_id);

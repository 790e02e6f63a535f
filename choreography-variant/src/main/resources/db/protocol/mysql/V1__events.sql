-- What this service has to tell the others about payments: a row for each event and reader, until the reader has
-- acknowledged it. Rows are written by the transaction that causes the event, and taken one by one. Nobody keeps a
-- position: an event whose transaction commits later than those after it is not passed over.
CREATE TABLE outbox (
    number         bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
    reader         varchar(20)  CHARACTER SET ascii NOT NULL,
    kind           varchar(30)  CHARACTER SET ascii NOT NULL,
    payment_id     char(36)     CHARACTER SET ascii NOT NULL,
    user_id        char(36)     CHARACTER SET ascii NOT NULL,
    reservation_id char(36)     CHARACTER SET ascii NOT NULL,
    amount         bigint       NOT NULL,
    reason         varchar(50)  CHARACTER SET ascii,
    detail         text         CHARACTER SET utf8mb4,
    trace          varchar(100) CHARACTER SET ascii,
    recorded_at    timestamp(6) NOT NULL DEFAULT current_timestamp(6),
    -- From then on it is handed over again. Until then it is in the hands of a process or a reader.
    due_at         timestamp(6) NOT NULL DEFAULT current_timestamp(6),
    INDEX outbox_due (reader, due_at),
    INDEX outbox_payment (payment_id, reader, number)
) ENGINE = InnoDB;

-- The events to which this service has reacted, each in the transaction of its reaction: there is one of each kind for a
-- payment, and it is reacted to once.
CREATE TABLE inbox (
    payment_id char(36)     CHARACTER SET ascii NOT NULL,
    kind       varchar(30)  CHARACTER SET ascii NOT NULL,
    reader     varchar(20)  CHARACTER SET ascii NOT NULL,
    reacted_at timestamp(6) NOT NULL DEFAULT current_timestamp(6),
    PRIMARY KEY (payment_id, kind, reader),
    INDEX inbox_reacted (reacted_at)
) ENGINE = InnoDB;

-- Events to which this service could not react, however often it tried. They wait for an operator.
CREATE TABLE parked (
    number         bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
    reader         varchar(20)  CHARACTER SET ascii NOT NULL,
    kind           varchar(30)  CHARACTER SET ascii NOT NULL,
    payment_id     char(36)     CHARACTER SET ascii NOT NULL,
    user_id        char(36)     CHARACTER SET ascii NOT NULL,
    reservation_id char(36)     CHARACTER SET ascii NOT NULL,
    amount         bigint       NOT NULL,
    reason         varchar(50)  CHARACTER SET ascii,
    detail         text         CHARACTER SET utf8mb4,
    trace          varchar(100) CHARACTER SET ascii,
    failure        text         CHARACTER SET utf8mb4 NOT NULL,
    parked_at      timestamp(6) NOT NULL DEFAULT current_timestamp(6),
    CONSTRAINT parked_once UNIQUE (payment_id, kind, reader)
) ENGINE = InnoDB;

CREATE TABLE payment (
    id              uuid         PRIMARY KEY,
    idempotency_key varchar(100) NOT NULL,
    user_id         uuid         NOT NULL,
    reservation_id  uuid         NOT NULL,
    amount          bigint       CHECK (amount > 0),
    status          varchar(10)  NOT NULL CHECK (status IN ('REQUESTED', 'COMPLETED', 'FAILED')),
    failure_reason  varchar(50),
    failure_detail  text,
    requested_at    timestamptz  NOT NULL,
    finished_at     timestamptz,
    refunded_at     timestamptz,
    CONSTRAINT one_payment_a_key UNIQUE (user_id, idempotency_key),
    CONSTRAINT completed_with_amount CHECK (status <> 'COMPLETED' OR amount IS NOT NULL),
    CONSTRAINT failed_with_reason CHECK ((status = 'FAILED') = (failure_reason IS NOT NULL)),
    CONSTRAINT refunded_once_completed CHECK (refunded_at IS NULL OR status = 'COMPLETED'),
    CONSTRAINT finished_when_decided CHECK ((status = 'REQUESTED') = (finished_at IS NULL))
);

CREATE UNIQUE INDEX one_completed_payment_a_reservation ON payment (reservation_id) WHERE status = 'COMPLETED';

-- Completed payments, and later refunds of them, whose followers have not been told yet.
CREATE TABLE follow_up (
    number     bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    payment_id uuid    NOT NULL,
    refunded   boolean NOT NULL DEFAULT false
);

-- Payments that are to be refunded, because the schedule was cancelled.
CREATE TABLE refund (
    number     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    payment_id uuid   NOT NULL UNIQUE
);

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

-- For operators. Each of these three is one more page that a payment changes, and nothing that it waits for; the others
-- cost only the payments that they list.
CREATE INDEX payment_requested ON payment (requested_at, id);
-- Those that are not finished are together, at the end.
CREATE INDEX payment_finished ON payment (finished_at, requested_at, id);
CREATE INDEX payment_key ON payment (idempotency_key);
CREATE INDEX failed_payment ON payment (requested_at, id)
    WHERE failure_reason IN ('service-unavailable', 'payment-cancelled');
CREATE INDEX slow_payment ON payment (requested_at, id) WHERE finished_at - requested_at > interval '1 second';
-- Beside the completed ones, which have an index above.
CREATE INDEX failed_payment_of_a_reservation ON payment (reservation_id) WHERE status = 'FAILED';

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

-- What operators have ordered to be done about global transactions.
CREATE TABLE steering (
    number         bigint       GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ordered_at     timestamptz  NOT NULL,
    operator_id    uuid         NOT NULL,
    steering       varchar(10)  NOT NULL,
    transaction_id varchar(300) NOT NULL,
    reason         varchar(200),
    heuristic      boolean      NOT NULL,
    -- What was done, as JSON. There is none as long as it is under way, and if the process has died meanwhile.
    effect         text
);

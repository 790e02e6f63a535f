-- Payments that are accepted first and made later, by workers. Each is in the record from the start, REQUESTED and without
-- an amount until an attempt records it. Rows stay for a while after their end.
CREATE TABLE accepted_payment (
    number         bigint       GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    payment_id     uuid         NOT NULL UNIQUE,
    user_id        uuid         NOT NULL,
    -- Users take turns: the first payments of all that wait come before the second of any.
    turn           bigint       NOT NULL,
    due_at         timestamptz  NOT NULL,
    -- The process whose worker has taken it, as long as that is alive.
    worker         uuid,
    attempts       integer      NOT NULL DEFAULT 0,
    outcome        varchar(10)  CHECK (outcome IN ('COMPLETED', 'FAILED')),
    ended_at       timestamptz,
    webhook_url    text,
    webhook_secret varchar(200),
    CONSTRAINT ended_with_outcome CHECK ((outcome IS NULL) = (ended_at IS NULL)),
    CONSTRAINT not_taken_once_ended CHECK (worker IS NULL OR ended_at IS NULL),
    CONSTRAINT webhook_with_secret CHECK ((webhook_url IS NULL) = (webhook_secret IS NULL))
);

-- When an attempt recorded a payment that had been accepted: from then on its protocol has it.
ALTER TABLE payment ADD COLUMN attempted_at timestamptz;

CREATE INDEX waiting_payment ON accepted_payment (turn, number) WHERE ended_at IS NULL;
CREATE INDEX waiting_payment_of_a_user ON accepted_payment (user_id, turn, number) WHERE ended_at IS NULL;
CREATE INDEX ended_payment ON accepted_payment (ended_at) WHERE ended_at IS NOT NULL;

-- The processes that make accepted payments, and until when each of them counts as alive.
CREATE TABLE payment_worker (
    process     uuid        PRIMARY KEY,
    alive_until timestamptz NOT NULL
);

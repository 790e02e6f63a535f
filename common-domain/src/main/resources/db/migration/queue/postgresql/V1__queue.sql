-- No token up to admitted_number waits any more, so that a rank is the difference of two numbers. Every token updates its
-- queue's row: without an index on its numbers, and with room in the page, that touches no index (HOT).
CREATE TABLE queue (
    schedule_id     uuid   PRIMARY KEY,
    last_number     bigint NOT NULL,
    admitted_number bigint NOT NULL,
    CONSTRAINT admitted_in_order CHECK (admitted_number BETWEEN 0 AND last_number)
) WITH (fillfactor = 50);

CREATE TABLE queue_token (
    id           uuid        PRIMARY KEY,
    schedule_id  uuid        NOT NULL REFERENCES queue,
    user_id      uuid        NOT NULL,
    number       bigint      NOT NULL CHECK (number > 0),
    status       varchar(10) NOT NULL CHECK (status IN ('WAITING', 'ACTIVE', 'EXPIRED', 'USED', 'LEFT')),
    issued_at    timestamptz NOT NULL,
    active_until timestamptz,
    version      integer     NOT NULL,
    CONSTRAINT one_token_a_number UNIQUE (schedule_id, number),
    CONSTRAINT active_once_admitted CHECK (CASE status
        WHEN 'WAITING' THEN active_until IS NULL
        WHEN 'ACTIVE'  THEN active_until IS NOT NULL
        WHEN 'EXPIRED' THEN active_until IS NOT NULL
        ELSE true END)
);

CREATE UNIQUE INDEX one_live_token_a_user ON queue_token (user_id, schedule_id)
    WHERE status IN ('WAITING', 'ACTIVE');
CREATE INDEX queue_token_waiting ON queue_token (schedule_id, number) WHERE status = 'WAITING';
CREATE INDEX queue_token_active ON queue_token (schedule_id, active_until) WHERE status = 'ACTIVE';
CREATE INDEX queue_token_expiring ON queue_token (active_until) WHERE status = 'ACTIVE';

CREATE TABLE wallet (
    user_id    uuid    PRIMARY KEY,
    balance    bigint  NOT NULL CHECK (balance >= 0),
    reserved   bigint  NOT NULL,
    -- Whether its user has withdrawn, and the number of the last withdrawal that has closed or reopened it.
    closed     boolean NOT NULL DEFAULT false,
    withdrawal bigint  NOT NULL DEFAULT 0,
    CONSTRAINT reserved_within_balance CHECK (reserved BETWEEN 0 AND balance)
);

CREATE TABLE point_entry (
    id         bigint       GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    uuid         NOT NULL REFERENCES wallet,
    kind       varchar(10)  NOT NULL,
    amount     bigint       NOT NULL,
    payment_id uuid,
    charge_key varchar(100),
    created_at timestamptz  NOT NULL,
    CONSTRAINT one_use_and_one_refund_a_payment UNIQUE (payment_id, kind),
    CONSTRAINT one_charge_a_key UNIQUE (user_id, charge_key),
    CONSTRAINT entry_of_its_kind CHECK (
        (kind = 'CHARGE' AND amount > 0 AND payment_id IS NULL AND charge_key IS NOT NULL)
        OR (kind = 'USE' AND amount < 0 AND payment_id IS NOT NULL AND charge_key IS NULL)
        OR (kind = 'REFUND' AND amount >= 0 AND payment_id IS NOT NULL AND charge_key IS NULL))
);

CREATE INDEX point_entry_user ON point_entry (user_id, id);

CREATE TABLE point_reservation (
    payment_id uuid        PRIMARY KEY,
    user_id    uuid        NOT NULL REFERENCES wallet,
    amount     bigint      NOT NULL CHECK (amount >= 0),
    status     varchar(10) NOT NULL CHECK (status IN ('RESERVED', 'CONFIRMED', 'RELEASED'))
);

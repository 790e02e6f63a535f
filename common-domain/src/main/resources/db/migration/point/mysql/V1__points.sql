CREATE TABLE wallet (
    user_id    char(36) CHARACTER SET ascii NOT NULL PRIMARY KEY,
    balance    bigint  NOT NULL CHECK (balance >= 0),
    reserved   bigint  NOT NULL,
    -- Whether its user has withdrawn, and the number of the last withdrawal that has closed or reopened it.
    closed     boolean NOT NULL DEFAULT false,
    withdrawal bigint  NOT NULL DEFAULT 0,
    CONSTRAINT reserved_within_balance CHECK (reserved BETWEEN 0 AND balance)
) ENGINE = InnoDB;

CREATE TABLE point_entry (
    id         bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
    user_id    char(36) CHARACTER SET ascii NOT NULL,
    kind       varchar(10) CHARACTER SET ascii NOT NULL,
    amount     bigint       NOT NULL,
    payment_id char(36) CHARACTER SET ascii,
    charge_key varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    created_at timestamp(6) NOT NULL DEFAULT current_timestamp(6),
    CONSTRAINT one_use_and_one_refund_a_payment UNIQUE (payment_id, kind),
    CONSTRAINT one_charge_a_key UNIQUE (user_id, charge_key),
    CONSTRAINT entry_of_a_wallet FOREIGN KEY (user_id) REFERENCES wallet (user_id),
    CONSTRAINT entry_of_its_kind CHECK (
        (kind = 'CHARGE' AND amount > 0 AND payment_id IS NULL AND charge_key IS NOT NULL)
        OR (kind = 'USE' AND amount < 0 AND payment_id IS NOT NULL AND charge_key IS NULL)
        OR (kind = 'REFUND' AND amount >= 0 AND payment_id IS NOT NULL AND charge_key IS NULL)),
    INDEX point_entry_user (user_id, id)
) ENGINE = InnoDB;

CREATE TABLE point_reservation (
    payment_id char(36) CHARACTER SET ascii NOT NULL PRIMARY KEY,
    user_id    char(36) CHARACTER SET ascii NOT NULL,
    amount     bigint      NOT NULL CHECK (amount >= 0),
    status     varchar(10) CHARACTER SET ascii NOT NULL CHECK (status IN ('RESERVED', 'CONFIRMED', 'RELEASED')),
    CONSTRAINT point_reservation_of_a_wallet FOREIGN KEY (user_id) REFERENCES wallet (user_id)
) ENGINE = InnoDB;

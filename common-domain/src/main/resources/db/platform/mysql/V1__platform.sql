-- What has happened in global transactions: all entries of one transaction that were written at the same time, as JSON.
CREATE TABLE transaction_log (
    id         bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
    payment_id char(36)     CHARACTER SET ascii,
    xid        varchar(300) CHARACTER SET ascii COLLATE ascii_bin,
    service    varchar(20)  CHARACTER SET ascii NOT NULL,
    instance   varchar(100) CHARACTER SET utf8mb4 NOT NULL,
    first_at   timestamp(6) NOT NULL DEFAULT current_timestamp(6),
    last_at    timestamp(6) NOT NULL DEFAULT current_timestamp(6),
    -- Whether the begin of the transaction, and its end, are among the entries.
    begun      boolean      NOT NULL,
    ended      boolean      NOT NULL,
    entries    mediumtext   CHARACTER SET utf8mb4 NOT NULL,
    CONSTRAINT logged_of_a_transaction CHECK (payment_id IS NOT NULL OR xid IS NOT NULL),
    INDEX transaction_log_payment (payment_id),
    INDEX transaction_log_xid (xid)
) ENGINE = InnoDB;

-- Its only row is locked while somebody writes, so that the rows of the log become visible in the order of their
-- numbers, and a reader who goes on after a number misses none.
CREATE TABLE transaction_log_writer (
    -- Before then, rows were removed.
    kept_since timestamp(6) NULL,
    only_row   boolean      NOT NULL DEFAULT true PRIMARY KEY CHECK (only_row = true)
) ENGINE = InnoDB;

INSERT INTO transaction_log_writer (kept_since) VALUES (NULL);

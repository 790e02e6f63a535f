-- The table of db-scheduler, as its documentation defines it.
CREATE TABLE scheduled_tasks (
    task_name            text        NOT NULL,
    task_instance        text        NOT NULL,
    task_data            bytea,
    execution_time       timestamptz NOT NULL,
    picked               boolean     NOT NULL,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      NOT NULL,
    priority             smallint,
    PRIMARY KEY (task_name, task_instance)
);

CREATE INDEX scheduled_tasks_execution_time ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_last_heartbeat ON scheduled_tasks (last_heartbeat);

-- What has happened in global transactions: all entries of one transaction that were written at the same time, as JSON.
CREATE TABLE transaction_log (
    id         bigint       GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    payment_id uuid,
    xid        varchar(300),
    service    varchar(20)  NOT NULL,
    instance   varchar(100) NOT NULL,
    first_at   timestamptz  NOT NULL,
    last_at    timestamptz  NOT NULL,
    -- Whether the begin of the transaction, and its end, are among the entries.
    begun      boolean      NOT NULL,
    ended      boolean      NOT NULL,
    entries    text         NOT NULL,
    CONSTRAINT logged_of_a_transaction CHECK (payment_id IS NOT NULL OR xid IS NOT NULL)
);

CREATE INDEX transaction_log_payment ON transaction_log (payment_id);
CREATE INDEX transaction_log_xid ON transaction_log (xid) WHERE xid IS NOT NULL;
-- Most transactions begin and end in one row. These have not, and may be under way.
CREATE INDEX transaction_log_begun ON transaction_log (first_at) WHERE begun AND NOT ended;

-- Its only row is locked while somebody writes, so that the rows of the log become visible in the order of their
-- numbers, and a reader who goes on after a number misses none.
CREATE TABLE transaction_log_writer (
    -- Before then, rows were removed.
    kept_since timestamptz,
    only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row)
);

INSERT INTO transaction_log_writer (kept_since) VALUES (NULL);

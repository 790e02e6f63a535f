-- The state machines of payments, as Seata's engine reads and writes them. Only the payment process uses them.

CREATE TABLE seata_state_machine_def (
    id               varchar(32)    PRIMARY KEY,
    name             varchar(128)   NOT NULL,
    tenant_id        varchar(32)    NOT NULL,
    app_name         varchar(32)    NOT NULL,
    type             varchar(20),
    comment_         varchar(255),
    ver              varchar(16)    NOT NULL,
    gmt_create       timestamptz(3) NOT NULL,
    status           varchar(2)     NOT NULL,
    content          text,
    recover_strategy varchar(16)
);

-- One row a payment. Its id is the Xid, its business_key the payment's id.
CREATE TABLE seata_state_machine_inst (
    id                  varchar(128)   PRIMARY KEY,
    machine_id          varchar(32)    NOT NULL,
    tenant_id           varchar(32)    NOT NULL,
    parent_id           varchar(128),
    gmt_started         timestamptz(3) NOT NULL,
    business_key        varchar(48),
    start_params        text,
    gmt_end             timestamptz(3),
    excep               bytea,
    end_params          text,
    status              varchar(2),
    compensation_status varchar(2),
    is_running          boolean,
    -- Whoever finishes or recovers the payment changes this, on the condition that nobody else has.
    gmt_updated         timestamptz(3) NOT NULL,
    -- The rest is ours, and the engine does not know it: how often the compensation was asked for, and when the next may
    -- begin. An operator who stops the compensations makes that 'infinity'.
    compensations       integer        NOT NULL DEFAULT 0,
    not_before          timestamptz,
    CONSTRAINT one_saga_a_payment UNIQUE (business_key, tenant_id)
);

-- For recovery, which looks for the few that have neither succeeded nor been compensated.
CREATE INDEX unfinished_sagas ON seata_state_machine_inst (gmt_updated)
    WHERE is_running OR compensation_status <> 'SU' OR status = 'UN' AND compensation_status IS NULL;

-- One row a step or compensation that was begun.
CREATE TABLE seata_state_inst (
    id                       varchar(48)    NOT NULL,
    machine_inst_id          varchar(128)   NOT NULL,
    name                     varchar(128)   NOT NULL,
    type                     varchar(20),
    service_name             varchar(128),
    service_method           varchar(128),
    service_type             varchar(16),
    business_key             varchar(48),
    state_id_compensated_for varchar(48),
    state_id_retried_for     varchar(48),
    gmt_started              timestamptz(3) NOT NULL,
    is_for_update            boolean,
    input_params             text,
    output_params            text,
    status                   varchar(2)     NOT NULL,
    excep                    bytea,
    gmt_updated              timestamptz(3),
    gmt_end                  timestamptz(3),
    PRIMARY KEY (machine_inst_id, id)
);

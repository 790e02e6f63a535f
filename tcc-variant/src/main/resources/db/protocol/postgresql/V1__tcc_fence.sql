-- What the fence knows of each branch: 1 tried, 2 confirmed, 3 cancelled, 4 cancelled before it was tried. 5 is ours:
-- tried, forgotten by Seata's server, and to be ended as the payment's record says. The action is followed by the
-- payment's id, but not in rows of status 4.
CREATE TABLE tcc_fence_log (
    xid          varchar(128)   NOT NULL,
    branch_id    bigint         NOT NULL,
    action_name  varchar(64)    NOT NULL,
    status       smallint       NOT NULL CHECK (status BETWEEN 1 AND 5),
    gmt_create   timestamptz(3) NOT NULL,
    gmt_modified timestamptz(3) NOT NULL,
    -- Ours: whether an operator has stopped the recovery of an open branch.
    suspended    boolean        NOT NULL DEFAULT false,
    PRIMARY KEY (xid, branch_id)
);

-- For the clean-up of finished branches.
CREATE INDEX tcc_fence_log_finished ON tcc_fence_log (gmt_modified) WHERE status IN (2, 3, 4);
-- For the recovery of open ones.
CREATE INDEX tcc_fence_log_open ON tcc_fence_log (xid) WHERE status IN (1, 5);

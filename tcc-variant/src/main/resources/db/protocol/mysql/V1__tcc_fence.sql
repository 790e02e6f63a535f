-- What the fence knows of each branch: 1 tried, 2 confirmed, 3 cancelled, 4 cancelled before it was tried. 5 is ours:
-- tried, forgotten by Seata's server, and to be ended as the payment's record says. The action is followed by the
-- payment's id, but not in rows of status 4.
CREATE TABLE tcc_fence_log (
    xid          varchar(128) NOT NULL,
    branch_id    bigint       NOT NULL,
    action_name  varchar(64)  NOT NULL,
    status       tinyint      NOT NULL CHECK (status BETWEEN 1 AND 5),
    gmt_create   datetime(3)  NOT NULL,
    gmt_modified datetime(3)  NOT NULL,
    -- Ours: whether an operator has stopped the recovery of an open branch.
    suspended    boolean      NOT NULL DEFAULT false,
    PRIMARY KEY (xid, branch_id),
    -- For the recovery of open branches, and the clean-up of finished ones.
    KEY tcc_fence_log_status (status, gmt_modified)
);

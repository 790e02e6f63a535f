-- What the fence knows of each branch: 1 tried, 2 confirmed, 3 cancelled, 4 cancelled before it was tried.
CREATE TABLE tcc_fence_log (
    xid          varchar(128)   NOT NULL,
    branch_id    bigint         NOT NULL,
    action_name  varchar(64)    NOT NULL,
    status       smallint       NOT NULL CHECK (status BETWEEN 1 AND 4),
    gmt_create   timestamptz(3) NOT NULL,
    gmt_modified timestamptz(3) NOT NULL,
    PRIMARY KEY (xid, branch_id)
);

-- For the clean-up of finished branches.
CREATE INDEX tcc_fence_log_finished ON tcc_fence_log (gmt_modified) WHERE status <> 1;

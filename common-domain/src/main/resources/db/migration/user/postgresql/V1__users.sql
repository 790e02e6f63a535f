CREATE TABLE app_user (
    id            uuid         PRIMARY KEY,
    email         varchar(254) NOT NULL UNIQUE CHECK (email = lower(email)),
    name          varchar(100) NOT NULL,
    status        varchar(10)  NOT NULL CHECK (status IN ('ACTIVE', 'WITHDRAWN')),
    registered_at timestamptz  NOT NULL,
    version       integer      NOT NULL
);

CREATE TABLE app_user (
    id            uuid         PRIMARY KEY,
    -- In lower case, to which the service brings it. ASCII alone is checked, by no locale's rules.
    email         varchar(254) NOT NULL UNIQUE CHECK (email = lower(email COLLATE "C")),
    name          varchar(100) NOT NULL,
    password_hash varchar(200) NOT NULL,
    operator      boolean      NOT NULL,
    status        varchar(20)  NOT NULL CHECK (status IN ('ACTIVE', 'WITHDRAWING', 'WITHDRAWN')),
    -- The number of the last attempt to withdraw.
    withdrawal    bigint       NOT NULL DEFAULT 0,
    registered_at timestamptz  NOT NULL
);

CREATE TABLE login_attempt (
    email    varchar(254) PRIMARY KEY,
    attempts integer      NOT NULL,
    first_at timestamptz  NOT NULL
);

-- The coordinators that have this database as their own. See Claim.
CREATE TABLE coordinator (
    -- With the table's oid, the key of the advisory lock that the coordinator's process holds.
    number   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name     text    NOT NULL UNIQUE,
    -- Part of all its transactions. Tells it from a coordinator of the same name with another database or log.
    identity text    NOT NULL,
    -- Where its decisions are: OWN, in the table below; ATOMIKOS, in a directory that has the same identity.
    log      text    NOT NULL,
    -- How many processes have been this coordinator. Only the last one may decide.
    epoch    integer NOT NULL DEFAULT 0
);

-- The decisions of coordinators that have this database as their last resource: the payment's. Without a row, a
-- transaction is rolled back (presumed abort).
CREATE TABLE decision (
    transaction text        PRIMARY KEY,
    coordinator integer     NOT NULL,
    epoch       integer     NOT NULL,
    -- False if recovery has rolled the transaction back: the key then keeps it from being committed.
    committed   boolean     NOT NULL,
    -- Until then the transaction itself tells the participants, if its epoch lasts.
    expires     timestamptz NOT NULL
);

-- The transactions that operators have suspended: nobody tells their decision or presumes that there is none, until
-- they are resumed.
CREATE TABLE suspension (
    transaction text        PRIMARY KEY,
    since       timestamptz NOT NULL DEFAULT now()
);

-- The decisions of coordinators that have this database as their last resource: the payment's. Without a row, a
-- transaction is rolled back (presumed abort).
CREATE TABLE decision (
    transaction text        PRIMARY KEY,
    coordinator text        NOT NULL,
    -- False if recovery has rolled the transaction back: the key then keeps it from being committed.
    committed   boolean     NOT NULL,
    -- Until then the transaction itself tells the participants.
    expires     timestamptz NOT NULL
);

-- What a payer has still to be told of. The secret goes when the payer has been told; the address stays, to be compared with
-- that of a repetition.
ALTER TABLE accepted_payment DROP CONSTRAINT webhook_with_secret;
ALTER TABLE accepted_payment ADD CONSTRAINT secret_for_webhook CHECK (webhook_secret IS NULL OR webhook_url IS NOT NULL);

CREATE INDEX untold_payer ON accepted_payment (user_id, ended_at, number)
    WHERE webhook_secret IS NOT NULL AND ended_at IS NOT NULL;

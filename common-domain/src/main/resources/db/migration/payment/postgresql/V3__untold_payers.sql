-- What a payer has still to be told of. The secret goes when the payer has been told; the address stays,
-- to be compared with that of a repetition.
ALTER TABLE accepted_payment DROP CONSTRAINT webhook_with_secret;
ALTER TABLE accepted_payment ADD CONSTRAINT secret_for_webhook CHECK (webhook_secret IS NULL OR webhook_url IS NOT NULL);

-- So far the secret stayed. The attempts to tell a payer took some four minutes at most: who may be among those that were
-- not told is told again.
UPDATE accepted_payment SET webhook_secret = NULL WHERE ended_at < now() - interval '10 minutes';

CREATE INDEX untold_payer ON accepted_payment (user_id, ended_at, number)
    WHERE webhook_secret IS NOT NULL AND ended_at IS NOT NULL;

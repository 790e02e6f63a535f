-- What a payer has still to be told of. The secret goes when the payer has been told; the address stays.
ALTER TABLE accepted_payment DROP CONSTRAINT webhook_with_secret;
ALTER TABLE accepted_payment ADD CONSTRAINT secret_for_webhook CHECK (webhook_secret IS NULL OR webhook_url IS NOT NULL);

-- Until now there was a job for each payment that had ended and whose payer had not been told.
UPDATE accepted_payment SET webhook_secret = NULL
WHERE ended_at IS NOT NULL
  AND payment_id::text NOT IN (
    SELECT task_instance FROM platform.scheduled_tasks WHERE task_name = 'payer-webhook');
DELETE FROM platform.scheduled_tasks WHERE task_name = 'payer-webhook';

CREATE INDEX untold_payer ON accepted_payment (user_id, ended_at, number)
    WHERE webhook_secret IS NOT NULL AND ended_at IS NOT NULL;

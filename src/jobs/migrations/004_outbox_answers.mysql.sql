-- To the last try that was not done; of state 2, refused, for good. What waits no more has no payload.
ALTER TABLE outbox ADD COLUMN answer VARCHAR(200) NOT NULL DEFAULT '';
UPDATE outbox SET payload = '' WHERE state <> 0;

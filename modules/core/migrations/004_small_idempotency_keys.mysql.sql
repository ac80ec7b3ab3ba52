ALTER TABLE idempotency_keys ADD COLUMN text_at INT;                      -- where the body lacks the request's text, in bytes
ALTER TABLE idempotency_keys ADD COLUMN number BIGINT NOT NULL DEFAULT 0; -- of the account's keys, in the order they came
CREATE INDEX idempotency_keys_by_number ON idempotency_keys (user_id, number);

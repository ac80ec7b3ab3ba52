ALTER TABLE outbox ADD COLUMN subject TEXT;  -- whom or what it is about: what is forgotten together
CREATE INDEX outbox_by_subject ON outbox (topic, subject) WHERE subject IS NOT NULL;

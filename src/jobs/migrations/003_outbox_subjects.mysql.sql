-- Whom or what a message is about: what is forgotten together.
ALTER TABLE outbox
  ADD COLUMN subject VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  ADD INDEX outbox_by_subject (topic, subject);

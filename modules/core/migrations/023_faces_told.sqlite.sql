-- Who was told of what an unlinked face did has the face's number in that thread, and no account's: docs/decisions/unlinked.md
ALTER TABLE notification_people RENAME TO notification_people_until_now;
CREATE TABLE notification_people (
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  kind INTEGER NOT NULL,
  feed_id INTEGER NOT NULL,
  about INTEGER NOT NULL,
  person_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  face INTEGER NOT NULL DEFAULT -1,     -- of accounts::kUnlinked: its number in the post's thread; -1: of an account
  number INTEGER NOT NULL,              -- of the last time
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (person_id, user_id, kind, feed_id, about, face)
) WITHOUT ROWID;
INSERT INTO notification_people (user_id, kind, feed_id, about, person_id, number, name, created_at)
  SELECT user_id, kind, feed_id, about, person_id, number, name, created_at FROM notification_people_until_now;
DROP TABLE notification_people_until_now;
CREATE INDEX notification_people_by_number ON notification_people (user_id, number);
CREATE INDEX notification_people_by_target ON notification_people (user_id, kind, feed_id, about, number);
CREATE INDEX notification_people_by_moment ON notification_people (created_at);

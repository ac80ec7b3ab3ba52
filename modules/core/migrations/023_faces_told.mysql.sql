-- Who was told of what an unlinked face did has the face's number in that thread, and no account's: docs/decisions/unlinked.md
ALTER TABLE notification_people
  ADD COLUMN face BIGINT NOT NULL DEFAULT -1 AFTER person_id,  -- of accounts::kUnlinked: its number in the post's thread; -1: of an account
  DROP PRIMARY KEY,
  ADD PRIMARY KEY (person_id, user_id, kind, feed_id, about, face);

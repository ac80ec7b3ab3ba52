CREATE TABLE notifications (
  user_id BIGINT NOT NULL, -- who is told
  number BIGINT NOT NULL,              -- of the account's own; what is told later has a higher one
  kind TINYINT NOT NULL,                -- notifications::Kind
  feed_id BIGINT NOT NULL,
  about BIGINT NOT NULL,               -- the comment that is liked or replied to; 0: the post
  comment_id BIGINT,                   -- to be shown
  name VARCHAR(32) NOT NULL,                   -- who did it last, by the name of that day
  people BIGINT NOT NULL,              -- how many did it
  times BIGINT NOT NULL,               -- how often it was done
  began BIGINT NOT NULL,               -- the number of the first time
  seen TINYINT NOT NULL,
  created_at BIGINT NOT NULL,          -- of the last time
  PRIMARY KEY (user_id, number),
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX notifications_open ON notifications (user_id, seen, kind, feed_id, about, number);
CREATE INDEX notifications_by_moment ON notifications (created_at);

-- Who did what was told lately, so that nobody is counted twice.
CREATE TABLE notification_people (
  user_id BIGINT NOT NULL,
  kind TINYINT NOT NULL,
  feed_id BIGINT NOT NULL,
  about BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  number BIGINT NOT NULL,              -- of the last time
  name VARCHAR(32) NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (person_id, user_id, kind, feed_id, about),
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE,
  FOREIGN KEY (person_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX notification_people_by_number ON notification_people (user_id, number);
CREATE INDEX notification_people_by_target ON notification_people (user_id, kind, feed_id, about, number);
CREATE INDEX notification_people_by_moment ON notification_people (created_at);

CREATE TABLE notification_counters (
  user_id BIGINT NOT NULL PRIMARY KEY,
  last_number BIGINT NOT NULL,
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

ALTER TABLE accounts ADD COLUMN muted_kinds BIGINT NOT NULL DEFAULT 0;  -- of notifications that it does not want: a bit for each accounts::NotificationKind

CREATE TABLE notifications (
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, -- who is told
  number INTEGER NOT NULL,              -- of the account's own; what is told later has a higher one
  kind INTEGER NOT NULL,                -- notifications::Kind
  feed_id INTEGER NOT NULL,
  about INTEGER NOT NULL,               -- the comment that is liked or replied to; 0: the post
  comment_id INTEGER,                   -- to be shown
  name TEXT NOT NULL,                   -- who did it last, by the name of that day
  people INTEGER NOT NULL,              -- how many did it
  times INTEGER NOT NULL,               -- how often it was done
  began INTEGER NOT NULL,               -- the number of the first time
  seen INTEGER NOT NULL,
  created_at INTEGER NOT NULL,          -- of the last time
  PRIMARY KEY (user_id, number)
) WITHOUT ROWID;
CREATE INDEX notifications_open ON notifications (user_id, seen, kind, feed_id, about, number);
CREATE INDEX notifications_by_moment ON notifications (created_at);

-- Who did what was told lately, so that nobody is counted twice.
CREATE TABLE notification_people (
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  kind INTEGER NOT NULL,
  feed_id INTEGER NOT NULL,
  about INTEGER NOT NULL,
  person_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,              -- of the last time
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (person_id, user_id, kind, feed_id, about)
) WITHOUT ROWID;
CREATE INDEX notification_people_by_number ON notification_people (user_id, number);
CREATE INDEX notification_people_by_target ON notification_people (user_id, kind, feed_id, about, number);
CREATE INDEX notification_people_by_moment ON notification_people (created_at);

CREATE TABLE notification_counters (
  user_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  last_number INTEGER NOT NULL
);

ALTER TABLE accounts ADD COLUMN muted_kinds INTEGER NOT NULL DEFAULT 0;  -- of notifications that it does not want: a bit for each accounts::NotificationKind

-- Of kinds that say something themselves (SYSTEM, MODERATION, DAY): what, and the same in English; NULL: as in the other.
ALTER TABLE notifications ADD COLUMN words TEXT;
ALTER TABLE notifications ADD COLUMN words_en TEXT;

-- What is said to everybody: each account gets its own row of it when it looks for news.
CREATE TABLE system_notices (
  id INTEGER PRIMARY KEY,
  words TEXT NOT NULL,
  words_en TEXT,
  newest_user INTEGER NOT NULL,         -- who came later is not told
  created_at INTEGER NOT NULL
);
CREATE INDEX system_notices_by_moment ON system_notices (created_at);

ALTER TABLE notification_counters ADD COLUMN last_notice INTEGER NOT NULL DEFAULT 0;  -- the newest of system_notices that it has
ALTER TABLE notification_counters ADD COLUMN last_day INTEGER;  -- whose move it was told last; NULL: none

ALTER TABLE accounts ADD COLUMN quiet_from INTEGER;  -- minutes of the service's day between which nothing is to sound; NULL: none
ALTER TABLE accounts ADD COLUMN quiet_to INTEGER;
ALTER TABLE accounts ADD COLUMN day_at INTEGER;      -- minute of the service's day at which it is told of its day; NULL: it is not

-- Of kinds that say something themselves (SYSTEM, MODERATION, DAY): what, and the same in English; NULL: as in the other.
ALTER TABLE notifications ADD COLUMN words TEXT, ADD COLUMN words_en TEXT;

-- What is said to everybody: each account gets its own row of it when it looks for news.
CREATE TABLE system_notices (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  words TEXT NOT NULL,
  words_en TEXT,
  newest_user BIGINT NOT NULL,         -- who came later is not told
  created_at BIGINT NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX system_notices_by_moment ON system_notices (created_at);

ALTER TABLE notification_counters
  ADD COLUMN last_notice BIGINT NOT NULL DEFAULT 0,  -- the newest of system_notices that it has
  ADD COLUMN last_day BIGINT;                        -- whose move it was told last; NULL: none

ALTER TABLE accounts
  ADD COLUMN quiet_from INT,  -- minutes of the service's day between which nothing is to sound; NULL: none
  ADD COLUMN quiet_to INT,
  ADD COLUMN day_at INT;      -- minute of the service's day at which it is told of its day; NULL: it is not

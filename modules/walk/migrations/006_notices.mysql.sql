CREATE TABLE walker_settings (          -- of who has been told of something, or has chosen something
  walker_id BIGINT PRIMARY KEY,
  last_number BIGINT NOT NULL DEFAULT 0, -- of its notices
  muted_kinds BIGINT NOT NULL DEFAULT 0, -- that it does not want: a bit for each notices::Kind
  language TINYINT,                     -- of what is pushed; NULL: Korean
  quiet_from SMALLINT,                  -- minutes of its own day, in which nothing is pushed
  quiet_to SMALLINT,
  FOREIGN KEY (walker_id) REFERENCES walkers (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE walker_notices (           -- what a walker is told
  walker_id BIGINT NOT NULL,
  number BIGINT NOT NULL,               -- of the walker's own; what is told later has a higher one
  kind TINYINT NOT NULL,                -- notices::Kind
  other_id BIGINT NOT NULL,             -- the walker that did it; 0: nobody
  amount BIGINT NOT NULL,               -- of a goal: how many steps
  times BIGINT NOT NULL,                -- how often, while it was unread
  seen TINYINT NOT NULL,
  created_at BIGINT NOT NULL,           -- of the last time
  PRIMARY KEY (walker_id, number),
  INDEX walker_notices_open (walker_id, seen, number),
  INDEX walker_notices_by_cause (walker_id, kind, other_id, number),
  INDEX walker_notices_by_other (other_id),
  INDEX walker_notices_by_moment (created_at),
  FOREIGN KEY (walker_id) REFERENCES walkers (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE walker_devices (           -- apps and browsers that are told while they are closed
  id BIGINT PRIMARY KEY AUTO_INCREMENT,
  walker_id BIGINT NOT NULL,
  session_id BIGINT NOT NULL,           -- while it lasts, they are; 0: for ever
  channel TINYINT NOT NULL,             -- push::Channel
  digest CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE, -- SHA-256 of the address, and of what it is for
  address VARCHAR(1024) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- a token of Firebase's, or an endpoint
  p256dh VARCHAR(87) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,    -- '' of an app
  auth VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  seen_at BIGINT NOT NULL,              -- when the device showed it last, to a day
  failing_since BIGINT,                 -- since when its service takes nothing for it; NULL: it does
  INDEX walker_devices_by_walker (walker_id, seen_at),
  INDEX walker_devices_by_seen (seen_at),
  INDEX walker_devices_by_failure (failing_since),
  FOREIGN KEY (walker_id) REFERENCES walkers (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

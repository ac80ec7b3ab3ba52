CREATE TABLE walker_settings (          -- of who has been told of something, or has chosen something
  walker_id INTEGER PRIMARY KEY REFERENCES walkers (id) ON DELETE CASCADE,
  last_number INTEGER NOT NULL DEFAULT 0, -- of its notices
  muted_kinds INTEGER NOT NULL DEFAULT 0, -- that it does not want: a bit for each notices::Kind
  language INTEGER,                     -- of what is pushed; NULL: Korean
  quiet_from INTEGER,                   -- minutes of its own day, in which nothing is pushed
  quiet_to INTEGER
);
CREATE TABLE walker_notices (           -- what a walker is told
  walker_id INTEGER NOT NULL REFERENCES walkers (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,              -- of the walker's own; what is told later has a higher one
  kind INTEGER NOT NULL,                -- notices::Kind
  other_id INTEGER NOT NULL,            -- the walker that did it; 0: nobody
  amount INTEGER NOT NULL,              -- of a goal: how many steps
  times INTEGER NOT NULL,               -- how often, while it was unread
  seen INTEGER NOT NULL,
  created_at INTEGER NOT NULL,          -- of the last time
  PRIMARY KEY (walker_id, number)
) WITHOUT ROWID;
CREATE INDEX walker_notices_open ON walker_notices (walker_id, seen, number);
CREATE INDEX walker_notices_by_cause ON walker_notices (walker_id, kind, other_id, number);
CREATE INDEX walker_notices_by_other ON walker_notices (other_id);
CREATE INDEX walker_notices_by_moment ON walker_notices (created_at);
CREATE TABLE walker_devices (           -- apps and browsers that are told while they are closed
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  walker_id INTEGER NOT NULL REFERENCES walkers (id) ON DELETE CASCADE,
  session_id INTEGER NOT NULL,          -- while it lasts, they are; 0: for ever
  channel INTEGER NOT NULL,             -- push::Channel
  digest TEXT NOT NULL UNIQUE,          -- SHA-256 of the address, and of what it is for
  address TEXT NOT NULL,                -- a token of Firebase's, or an endpoint
  p256dh TEXT NOT NULL,                 -- '' of an app
  auth TEXT NOT NULL,
  seen_at INTEGER NOT NULL,             -- when the device showed it last, to a day
  failing_since INTEGER                 -- since when its service takes nothing for it; NULL: it does
);
CREATE INDEX walker_devices_by_walker ON walker_devices (walker_id, seen_at);
CREATE INDEX walker_devices_by_seen ON walker_devices (seen_at);
CREATE INDEX walker_devices_by_failure ON walker_devices (failing_since);

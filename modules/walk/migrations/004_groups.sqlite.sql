CREATE TABLE walk_groups (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- inside only
  uuid BLOB NOT NULL UNIQUE,             -- what clients know it by
  name TEXT NOT NULL,
  owner_id INTEGER,                      -- a member; NULL: it is closed
  times_reported INTEGER NOT NULL        -- how many since its name was last looked at
);
CREATE INDEX walk_groups_by_reports ON walk_groups (times_reported, id);
CREATE TABLE group_members (
  group_id INTEGER NOT NULL REFERENCES walk_groups (id) ON DELETE CASCADE,
  walker_id INTEGER NOT NULL REFERENCES walkers (id) ON DELETE CASCADE,
  since INTEGER NOT NULL,
  PRIMARY KEY (group_id, walker_id)
) WITHOUT ROWID;
CREATE INDEX group_members_by_walker ON group_members (walker_id, group_id);
CREATE TABLE group_links (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT NOT NULL UNIQUE,             -- base64url of SHA-256
  group_id INTEGER NOT NULL REFERENCES walk_groups (id) ON DELETE CASCADE,
  uses_left INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
);
CREATE INDEX group_links_of_group ON group_links (group_id, id);
CREATE TABLE group_reports (             -- one of a walker
  group_id INTEGER NOT NULL REFERENCES walk_groups (id) ON DELETE CASCADE,
  walker_id INTEGER NOT NULL REFERENCES walkers (id) ON DELETE CASCADE,
  PRIMARY KEY (group_id, walker_id)
) WITHOUT ROWID;
CREATE INDEX group_reports_by_walker ON group_reports (walker_id, group_id);
CREATE TABLE group_boards (              -- what a group's members are shown, for five minutes
  group_id INTEGER NOT NULL REFERENCES walk_groups (id) ON DELETE CASCADE,
  period INTEGER NOT NULL,               -- boards::Period
  taken_at INTEGER NOT NULL,
  totals TEXT NOT NULL,                  -- of its members then (boards/snapshot.hpp)
  PRIMARY KEY (group_id, period)
) WITHOUT ROWID;
CREATE TABLE percentiles (               -- of who wants to be compared with all who do
  walker_id INTEGER PRIMARY KEY REFERENCES walkers (id) ON DELETE CASCADE,
  day INTEGER NOT NULL,                  -- of its own clock
  total INTEGER NOT NULL,                -- the most it had that day
  percent INTEGER                        -- NULL: they are too few, or it is not counted yet
);

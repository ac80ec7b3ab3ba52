CREATE TABLE first_release_walkers (      -- those of clients of the first release, who prove nothing
  walker_id INTEGER PRIMARY KEY REFERENCES walkers (id) ON DELETE CASCADE,
  secret TEXT NOT NULL UNIQUE,            -- hash, keyed, of the UUID that is all they have to show
  public_uuid BLOB NOT NULL UNIQUE,       -- what their friends know them by
  folded TEXT UNIQUE,                     -- the nickname, as they look for one another; NULL: none yet
  refresh_serial INTEGER NOT NULL,        -- of the refresh token that is next; 0: there is none
  renewed_at INTEGER NOT NULL,            -- when the one before was first used,
  renewed_before INTEGER NOT NULL,        -- and the one before that
  used_at INTEGER NOT NULL                -- last seen, to a day
);
CREATE INDEX first_release_walkers_by_use ON first_release_walkers (used_at, walker_id);

CREATE TABLE walkers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- inside only
  uuid BLOB NOT NULL UNIQUE,             -- what clients know it by
  nickname TEXT NOT NULL,                -- '': none yet
  folded TEXT UNIQUE,                    -- the nickname as it is looked for; NULL: none yet
  renamed_at INTEGER NOT NULL,
  status INTEGER NOT NULL,               -- walkers::Status
  status_at INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,       -- of its clock from UTC
  consented_at INTEGER,                  -- to its steps being kept and shown to friends; NULL: not
  created_at INTEGER NOT NULL
);

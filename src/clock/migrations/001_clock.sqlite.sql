CREATE TABLE unconfirmed_spans (        -- what the wall clock showed while nothing confirmed it
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  from_at INTEGER NOT NULL,
  until_at INTEGER NOT NULL,            -- written ahead, so that a kill leaves nothing outside
  confirmed_at INTEGER                  -- the first confirmed moment after it, NULL while there was none
);

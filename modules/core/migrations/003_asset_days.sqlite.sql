CREATE TABLE asset_days (               -- days of the daily refresh, from the first one known on
  day INTEGER PRIMARY KEY,
  asked_at INTEGER,                     -- asked for by name before the day came: shown from then on
  finished_at INTEGER,                  -- every account had its row
  over_gap INTEGER NOT NULL DEFAULT 0   -- 1: days before it were missing then; its rows are to be written again
);

CREATE TABLE asset_make_up (            -- one row: how far the making up of missed days has come
  first_day INTEGER PRIMARY KEY,
  missed INTEGER NOT NULL,
  last_missed INTEGER NOT NULL,
  after_user INTEGER NOT NULL
);

CREATE TABLE asset_days (               -- days of the daily refresh, from the first one known on
  day INT PRIMARY KEY,
  asked_at BIGINT,                      -- asked for by name before the day came: shown from then on
  finished_at BIGINT,                   -- every account had its row
  over_gap SMALLINT NOT NULL DEFAULT 0  -- 1: days before it were missing then; its rows are to be written again
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE asset_make_up (            -- one row: how far the making up of missed days has come
  first_day INT NOT NULL PRIMARY KEY,
  missed INT NOT NULL,
  last_missed INT NOT NULL,
  after_user BIGINT NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

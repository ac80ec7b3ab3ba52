-- What is told of the day's fortunes, made anew as a whole: docs/decisions/today.md
ALTER TABLE accounts ADD COLUMN unlisted INTEGER NOT NULL DEFAULT 0;  -- 1: not to be among those who moved most

CREATE TABLE asset_today (              -- one row
  id INTEGER PRIMARY KEY,
  day INTEGER NOT NULL,
  changes INTEGER NOT NULL,             -- name_countings.counted_changes then
  counted INTEGER NOT NULL              -- whose day was counted
);

CREATE TABLE asset_today_movers (       -- who rose (side 0) and fell (1) most, in order
  side INTEGER NOT NULL,
  place INTEGER NOT NULL,
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,  -- told to nobody
  hundredths INTEGER NOT NULL,          -- of a percent
  shown TEXT NOT NULL,                  -- the name, as an unlinked one is shown; empty: none
  PRIMARY KEY (side, place)
) WITHOUT ROWID;
CREATE INDEX asset_today_movers_by_user ON asset_today_movers (user_id);

CREATE TABLE asset_today_spread (
  kind INTEGER NOT NULL,                -- 0: a step, 1: a cell
  at_least INTEGER NOT NULL,
  number INTEGER NOT NULL,              -- among how many per cent who has so much is; how many have so much, but less than the next
  PRIMARY KEY (kind, at_least)
) WITHOUT ROWID;

-- What is told of the day's fortunes, made anew as a whole: docs/decisions/today.md
ALTER TABLE accounts ADD COLUMN unlisted SMALLINT NOT NULL DEFAULT 0;  -- 1: not to be among those who moved most

CREATE TABLE asset_today (              -- one row
  id INT PRIMARY KEY,
  day INT NOT NULL,
  changes BIGINT NOT NULL,              -- name_countings.counted_changes then
  counted BIGINT NOT NULL               -- whose day was counted
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE asset_today_movers (       -- who rose (side 0) and fell (1) most, in order
  side SMALLINT NOT NULL,
  place INT NOT NULL,
  user_id BIGINT NOT NULL,              -- told to nobody
  hundredths BIGINT NOT NULL,           -- of a percent
  shown VARCHAR(32) NOT NULL,           -- the name, as an unlinked one is shown; empty: none
  PRIMARY KEY (side, place),
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX asset_today_movers_by_user ON asset_today_movers (user_id);

CREATE TABLE asset_today_spread (
  kind SMALLINT NOT NULL,               -- 0: a step, 1: a cell
  at_least BIGINT NOT NULL,
  number BIGINT NOT NULL,               -- among how many per cent who has so much is; how many have so much, but less than the next
  PRIMARY KEY (kind, at_least)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE step_days (
  walker_id BIGINT NOT NULL,
  day INT NOT NULL,                -- of the walker's clock
  total INT NOT NULL,
  reached_at BIGINT NOT NULL,      -- when the total was first this much
  confidence TINYINT NOT NULL,     -- 0 to 100
  flags TINYINT NOT NULL,          -- 1: summed by hours
  told BLOB NOT NULL,              -- what each device said of the day that its clock showed (steps/told.hpp)
  PRIMARY KEY (walker_id, day),
  FOREIGN KEY (walker_id) REFERENCES walkers (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

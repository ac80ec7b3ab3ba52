CREATE TABLE step_days (
  walker_id INTEGER NOT NULL REFERENCES walkers (id) ON DELETE CASCADE,
  day INTEGER NOT NULL,            -- of the walker's clock
  total INTEGER NOT NULL,
  reached_at INTEGER NOT NULL,     -- when the total was first this much
  confidence INTEGER NOT NULL,     -- 0 to 100
  flags INTEGER NOT NULL,          -- 1: summed by hours
  told BLOB NOT NULL,              -- what each device said of the day that its clock showed (steps/told.hpp)
  PRIMARY KEY (walker_id, day)
) WITHOUT ROWID;

CREATE TABLE walk_goals (               -- what was to be walked a day, from a day on
  walker_id INTEGER NOT NULL REFERENCES walkers (id) ON DELETE CASCADE,
  from_day INTEGER NOT NULL,            -- of the walker's clock
  steps INTEGER NOT NULL,               -- 0: none
  least INTEGER NOT NULL,               -- what the goal of from_day itself cannot be less than
  grace INTEGER NOT NULL,               -- whether one missed day a week is forgiven
  PRIMARY KEY (walker_id, from_day)
) WITHOUT ROWID;
CREATE TABLE walk_goal_choices (        -- of who ever had a goal
  walker_id INTEGER PRIMARY KEY REFERENCES walkers (id) ON DELETE CASCADE,
  shared INTEGER NOT NULL,              -- whether friends see it
  told_day INTEGER NOT NULL             -- the last day of which it was told that the goal was reached
);

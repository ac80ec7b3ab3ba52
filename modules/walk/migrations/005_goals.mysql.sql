CREATE TABLE walk_goals (               -- what was to be walked a day, from a day on
  walker_id BIGINT NOT NULL,
  from_day INT NOT NULL,                -- of the walker's clock
  steps INT NOT NULL,                   -- 0: none
  least INT NOT NULL,                   -- what the goal of from_day itself cannot be less than
  grace TINYINT NOT NULL,               -- whether one missed day a week is forgiven
  PRIMARY KEY (walker_id, from_day),
  FOREIGN KEY (walker_id) REFERENCES walkers (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE walk_goal_choices (        -- of who ever had a goal
  walker_id BIGINT PRIMARY KEY,
  shared TINYINT NOT NULL,              -- whether friends see it
  told_day INT NOT NULL,                -- the last day of which it was told that the goal was reached
  FOREIGN KEY (walker_id) REFERENCES walkers (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE unconfirmed_spans (        -- what the wall clock showed while nothing confirmed it
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  from_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,             -- written ahead, so that a kill leaves nothing outside
  confirmed_at BIGINT                   -- the first confirmed moment after it, NULL while there was none
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

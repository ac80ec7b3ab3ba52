CREATE TABLE leases (                   -- who may do now what only one node does at a time
  name VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,  -- "job/asset-refresh", "outbox/mail"
  owner VARCHAR(120) NOT NULL,          -- node and run; '' when nobody
  expires_at BIGINT NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE jobs (
  name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  last_started BIGINT,
  last_finished BIGINT,
  last_result VARCHAR(500) NOT NULL,
  last_success_day INT,                 -- of a daily job: the latest day whose run was done
  failures INT NOT NULL,                -- in a row
  not_before BIGINT                     -- when a job that runs every so often, or failed, is next due
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE outbox (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  topic VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payload MEDIUMTEXT NOT NULL,
  state TINYINT NOT NULL,               -- 0 waiting, 1 failed for good; delivered rows are deleted
  attempts INT NOT NULL,
  next_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX outbox_by_due ON outbox (topic, state, next_at);

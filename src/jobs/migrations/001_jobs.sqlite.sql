CREATE TABLE leases (                   -- who may do now what only one node does at a time
  name TEXT PRIMARY KEY,                -- "job/asset-refresh", "outbox/mail"
  owner TEXT NOT NULL,                  -- node and run; '' when nobody
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE jobs (
  name TEXT PRIMARY KEY,
  last_started INTEGER,
  last_finished INTEGER,
  last_result TEXT NOT NULL,
  last_success_day INTEGER,             -- of a daily job: the latest day whose run was done
  failures INTEGER NOT NULL,            -- in a row
  not_before INTEGER                    -- when a job that runs every so often, or failed, is next due
) WITHOUT ROWID;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  topic TEXT NOT NULL,
  payload TEXT NOT NULL,
  state INTEGER NOT NULL,               -- 0 waiting, 1 failed for good; delivered rows are deleted
  attempts INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE INDEX outbox_by_due ON outbox (topic, state, next_at);

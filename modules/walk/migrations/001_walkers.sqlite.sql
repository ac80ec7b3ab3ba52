CREATE TABLE walkers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- inside only
  uuid BLOB NOT NULL UNIQUE,             -- what clients know it by
  nickname TEXT NOT NULL,                -- '': none yet
  folded TEXT UNIQUE,                    -- the nickname as it is looked for; NULL: none yet
  renamed_at INTEGER NOT NULL,           -- 0: it never had another
  status INTEGER NOT NULL,               -- walkers::Status
  status_at INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,       -- of its clock from UTC
  consented_at INTEGER,                  -- to its steps being kept and shown to friends; NULL: not
  created_at INTEGER NOT NULL,
  person TEXT UNIQUE                     -- whose it is, by the name that core has for this alone; NULL: a phone's
);
CREATE INDEX walkers_by_status ON walkers (status, status_at);
CREATE TABLE walk_keys (
  name TEXT PRIMARY KEY,
  sealed TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE walker_identities (         -- who signs in to which walker
  hash TEXT PRIMARY KEY,                 -- of issuer and subject, keyed
  walker_id INTEGER NOT NULL REFERENCES walkers (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX walker_identities_by_walker ON walker_identities (walker_id);
CREATE TABLE walker_sessions (           -- those that go on
  id INTEGER PRIMARY KEY,                -- random
  walker_id INTEGER NOT NULL REFERENCES walkers (id) ON DELETE CASCADE,
  device TEXT NOT NULL,                  -- '': not known
  expires_at INTEGER NOT NULL
);
CREATE INDEX walker_sessions_by_walker ON walker_sessions (walker_id, expires_at);
CREATE INDEX walker_sessions_by_expiry ON walker_sessions (expires_at);
CREATE TABLE walker_refresh_tokens (
  hash TEXT PRIMARY KEY,
  session_id INTEGER NOT NULL REFERENCES walker_sessions (id) ON DELETE CASCADE,
  used_at INTEGER,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX walker_refresh_tokens_by_use ON walker_refresh_tokens (session_id, used_at);
CREATE INDEX walker_refresh_tokens_by_expiry ON walker_refresh_tokens (expires_at);
CREATE TABLE walker_sessions_ended (     -- whose access tokens may not have expired yet
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id INTEGER NOT NULL,
  ended_at INTEGER NOT NULL
);
CREATE INDEX walker_sessions_ended_by_age ON walker_sessions_ended (ended_at);
CREATE TABLE walker_proofs (             -- nonces and ID tokens that have signed somebody in
  hash TEXT PRIMARY KEY,
  used_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX walker_proofs_by_age ON walker_proofs (used_at);

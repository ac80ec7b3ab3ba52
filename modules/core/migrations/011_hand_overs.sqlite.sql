-- A session is brought to another device by a code that is typed there. docs/decisions/sessions-on-devices.md
CREATE TABLE hand_overs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id INTEGER NOT NULL UNIQUE,   -- shows the code
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  code_hash TEXT NOT NULL UNIQUE,       -- with a key that is not in the database: there are a million codes only
  claim_hash TEXT UNIQUE,               -- of the cookie of the device where it was typed; NULL: nowhere yet
  device TEXT,                          -- that one
  address TEXT,                         -- of its network
  confirmed_at INTEGER,
  made_session INTEGER,                 -- what it was given
  made_at INTEGER,
  expires_at INTEGER NOT NULL
);
CREATE INDEX hand_overs_by_user ON hand_overs (user_id);
CREATE INDEX hand_overs_by_expiry ON hand_overs (expires_at);

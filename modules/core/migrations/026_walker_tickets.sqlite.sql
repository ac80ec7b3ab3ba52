CREATE TABLE walker_tickets (       -- by which members come to walk, one at a time
  user_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  hash TEXT NOT NULL UNIQUE,
  expires_at INTEGER NOT NULL
);
CREATE INDEX walker_tickets_by_expiry ON walker_tickets (expires_at);

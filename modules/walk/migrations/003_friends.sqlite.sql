CREATE TABLE friendships (              -- each side has a row of its own
  walker_id INTEGER NOT NULL REFERENCES walkers (id) ON DELETE CASCADE,
  other_id INTEGER NOT NULL REFERENCES walkers (id) ON DELETE CASCADE,
  kind INTEGER NOT NULL,                -- friends::Kind
  since INTEGER NOT NULL,
  PRIMARY KEY (walker_id, other_id)
) WITHOUT ROWID;
CREATE INDEX friendships_by_kind ON friendships (walker_id, kind, other_id);
CREATE INDEX friendships_by_other ON friendships (other_id, walker_id);

CREATE TABLE friend_links (             -- who has one may ask for friendship without knowing a name
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT NOT NULL UNIQUE,            -- base64url of SHA-256
  walker_id INTEGER NOT NULL REFERENCES walkers (id) ON DELETE CASCADE,
  expires_at INTEGER NOT NULL
);
CREATE INDEX friend_links_of_walker ON friend_links (walker_id, id);

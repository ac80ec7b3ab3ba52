CREATE TABLE leave_links (
  hash TEXT PRIMARY KEY,                -- of the token in the mail: base64url of SHA-256
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  wish INTEGER NOT NULL,                -- leaving::Wish: 0 deactivate, 1 close
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) WITHOUT ROWID;
CREATE INDEX leave_links_by_user ON leave_links (user_id);
CREATE INDEX leave_links_by_expiry ON leave_links (expires_at);

CREATE TABLE closings (                 -- accounts that are CLOSE_REQUESTED, or are being removed
  user_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  since INTEGER NOT NULL                -- asked for
);
CREATE INDEX closings_by_moment ON closings (since, user_id);

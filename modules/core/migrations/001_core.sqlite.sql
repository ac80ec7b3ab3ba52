CREATE TABLE accounts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  role INTEGER NOT NULL,                -- http::Role: 0 guest, 1 user, 2 admin
  status INTEGER NOT NULL,              -- AccountStatus: 0 active, 1 inactive, 2 close requested, 3 suspended
  email TEXT,
  amount INTEGER NOT NULL,              -- won, of the latest snapshot
  multiplier INTEGER NOT NULL,          -- billionths, of the latest snapshot
  amount_day INTEGER NOT NULL,          -- day of the latest snapshot
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL         -- last sign-in or renewal
);
CREATE INDEX accounts_by_role_seen ON accounts (role, last_seen_at);

CREATE TABLE account_history (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  status INTEGER NOT NULL,
  reason TEXT NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE INDEX account_history_by_user ON account_history (user_id, id);

CREATE TABLE sealed_keys (              -- wrapped by the session key file
  name TEXT PRIMARY KEY,
  sealed TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  ended_at INTEGER
);
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE refresh_tokens (
  hash TEXT PRIMARY KEY,                -- base64url of SHA-256
  session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  expires_at INTEGER NOT NULL,
  used_at INTEGER                       -- first use
) WITHOUT ROWID;
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);
CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_at);

CREATE TABLE sign_in_links (
  hash TEXT PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) WITHOUT ROWID;

CREATE TABLE idempotency_keys (
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  idempotency_key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,            -- base64url of SHA-256 over method, path and body
  status INTEGER NOT NULL,
  body TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, idempotency_key)
) WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

CREATE TABLE asset_snapshots (
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  day INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  multiplier INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, day)
) WITHOUT ROWID;

CREATE TABLE backfills (
  name TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE posts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  author TEXT NOT NULL,                 -- the author's name when it was written
  author_type INTEGER NOT NULL,         -- AssetType: 0 red, 1 blue
  content TEXT NOT NULL,
  like_count INTEGER NOT NULL DEFAULT 0,
  comment_count INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
);
CREATE INDEX posts_by_user ON posts (user_id, id);

CREATE TABLE post_likes (
  post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  PRIMARY KEY (post_id, user_id)
) WITHOUT ROWID;
CREATE INDEX post_likes_by_user ON post_likes (user_id, post_id);

CREATE TABLE comments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  parent_id INTEGER REFERENCES comments (id) ON DELETE CASCADE,
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  author TEXT NOT NULL,
  author_type INTEGER NOT NULL,
  content TEXT NOT NULL,
  like_count INTEGER NOT NULL DEFAULT 0,
  reply_count INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
);
CREATE INDEX comments_by_post ON comments (post_id, parent_id, id);
CREATE INDEX comments_by_parent ON comments (parent_id);
CREATE INDEX comments_by_user ON comments (user_id, id);

CREATE TABLE comment_likes (
  comment_id INTEGER NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  PRIMARY KEY (comment_id, user_id)
) WITHOUT ROWID;
CREATE INDEX comment_likes_by_user ON comment_likes (user_id, comment_id);

CREATE TABLE passkeys (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  hash TEXT NOT NULL UNIQUE,            -- base64url of SHA-256 of the credential id
  credential_id TEXT NOT NULL,          -- base64url
  public_key TEXT NOT NULL,             -- JWK
  counter INTEGER NOT NULL,             -- the authenticator's; 0: it does not count
  copied INTEGER NOT NULL DEFAULT 0,    -- 1: its counter fell once
  created_at INTEGER NOT NULL,
  last_used_at INTEGER
);
CREATE INDEX passkeys_by_user ON passkeys (user_id, id);

CREATE TABLE passkey_users (            -- what authenticators call an account
  user_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  handle TEXT NOT NULL UNIQUE           -- base64url of 32 random bytes
);

CREATE TABLE passkey_challenges (
  hash TEXT PRIMARY KEY,                -- base64url of SHA-256
  user_id INTEGER REFERENCES accounts (id) ON DELETE CASCADE,  -- whose passkey is made; NULL: somebody signs in
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX passkey_challenges_by_expiry ON passkey_challenges (expires_at);
CREATE INDEX passkey_challenges_by_user ON passkey_challenges (user_id);

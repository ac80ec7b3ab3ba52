CREATE TABLE passkeys (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id BIGINT NOT NULL,
  hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE,  -- base64url of SHA-256 of the credential id
  credential_id VARCHAR(1364) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,  -- base64url
  public_key VARCHAR(1024) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,  -- JWK
  counter BIGINT NOT NULL,              -- the authenticator's; 0: it does not count
  copied TINYINT NOT NULL DEFAULT 0,    -- 1: its counter fell once
  created_at BIGINT NOT NULL,
  last_used_at BIGINT,
  INDEX passkeys_by_user (user_id, id),
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE passkey_users (            -- what authenticators call an account
  user_id BIGINT NOT NULL PRIMARY KEY,
  handle CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE,  -- base64url of 32 random bytes
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE passkey_challenges (
  hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,  -- base64url of SHA-256
  user_id BIGINT,                       -- whose passkey is made; NULL: somebody signs in
  expires_at BIGINT NOT NULL,
  INDEX passkey_challenges_by_expiry (expires_at),
  INDEX passkey_challenges_by_user (user_id),
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A session is brought to another device by a code that is typed there. docs/decisions/sessions-on-devices.md
CREATE TABLE hand_overs (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  session_id BIGINT NOT NULL UNIQUE,    -- shows the code
  user_id BIGINT NOT NULL,
  code_hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE, -- with a key that is not in the database: there are a million codes only
  claim_hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin UNIQUE, -- of the cookie of the device where it was typed; NULL: nowhere yet
  device VARCHAR(100),                  -- that one
  address VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin, -- of its network
  confirmed_at BIGINT,
  made_session BIGINT,                  -- what it was given
  made_at BIGINT,
  expires_at BIGINT NOT NULL,
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX hand_overs_by_user ON hand_overs (user_id);
CREATE INDEX hand_overs_by_expiry ON hand_overs (expires_at);

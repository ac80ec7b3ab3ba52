-- Where a session is, as of its last renewal, to show its member. docs/decisions/sessions-on-devices.md
ALTER TABLE sessions
  ADD COLUMN device VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,   -- browser and system; NULL: not known
  ADD COLUMN address VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,       -- shortened; NULL: not known
  ADD COLUMN signed_in_at BIGINT;       -- NULL: at created_at; else it was brought from another device
CREATE INDEX sessions_open_by_user ON sessions (user_id, ended_at, expires_at);
DROP INDEX sessions_by_user ON sessions;

CREATE TABLE known_devices (            -- where a member has signed in
  user_id BIGINT NOT NULL,
  device VARCHAR(100) NOT NULL,         -- '': not known
  last_used_at BIGINT NOT NULL,         -- for a sign-in
  PRIMARY KEY (user_id, device),
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

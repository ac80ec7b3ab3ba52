-- Where a session is, as of its last renewal, to show its member. docs/decisions/sessions-on-devices.md
ALTER TABLE sessions ADD COLUMN device TEXT;             -- browser and system; NULL: not known
ALTER TABLE sessions ADD COLUMN address TEXT;            -- shortened; NULL: not known
ALTER TABLE sessions ADD COLUMN signed_in_at INTEGER;    -- NULL: at created_at; else it was brought from another device
CREATE INDEX sessions_open_by_user ON sessions (user_id, ended_at, expires_at);
DROP INDEX sessions_by_user;

CREATE TABLE known_devices (            -- where a member has signed in
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  device TEXT NOT NULL,                 -- '': not known
  last_used_at INTEGER NOT NULL,        -- for a sign-in
  PRIMARY KEY (user_id, device)
) WITHOUT ROWID;

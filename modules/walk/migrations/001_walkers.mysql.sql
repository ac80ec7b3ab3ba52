CREATE TABLE walkers (
  id BIGINT PRIMARY KEY AUTO_INCREMENT,  -- inside only
  uuid BINARY(16) NOT NULL UNIQUE,       -- what clients know it by
  nickname VARCHAR(50) NOT NULL,         -- '': none yet
  folded VARCHAR(150) UNIQUE,            -- the nickname as it is looked for; NULL: none yet
  renamed_at BIGINT NOT NULL,            -- 0: it never had another
  status TINYINT NOT NULL,               -- walkers::Status
  status_at BIGINT NOT NULL,
  offset_minutes SMALLINT NOT NULL,      -- of its clock from UTC
  consented_at BIGINT,                   -- to its steps being kept and shown to friends; NULL: not
  created_at BIGINT NOT NULL,
  person CHAR(43) CHARACTER SET ascii COLLATE ascii_bin UNIQUE,              -- whose it is, by the name that core has for this alone; NULL: a phone's
  INDEX walkers_by_status (status, status_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE walk_keys (
  name VARCHAR(64) CHARACTER SET ascii PRIMARY KEY,
  sealed VARCHAR(255) CHARACTER SET ascii NOT NULL
);
CREATE TABLE walker_identities (         -- who signs in to which walker
  hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin PRIMARY KEY,           -- of issuer and subject, keyed
  walker_id BIGINT NOT NULL,
  INDEX walker_identities_by_walker (walker_id),
  FOREIGN KEY (walker_id) REFERENCES walkers (id) ON DELETE CASCADE
);
CREATE TABLE walker_sessions (           -- those that go on
  id BIGINT PRIMARY KEY,                 -- random
  walker_id BIGINT NOT NULL,
  device VARCHAR(60) CHARACTER SET utf8mb4 NOT NULL,  -- '': not known
  expires_at BIGINT NOT NULL,
  INDEX walker_sessions_by_walker (walker_id, expires_at),
  INDEX walker_sessions_by_expiry (expires_at),
  FOREIGN KEY (walker_id) REFERENCES walkers (id) ON DELETE CASCADE
);
CREATE TABLE walker_refresh_tokens (
  hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin PRIMARY KEY,
  session_id BIGINT NOT NULL,
  used_at BIGINT,
  expires_at BIGINT NOT NULL,
  INDEX walker_refresh_tokens_by_use (session_id, used_at),
  INDEX walker_refresh_tokens_by_expiry (expires_at),
  FOREIGN KEY (session_id) REFERENCES walker_sessions (id) ON DELETE CASCADE
);
CREATE TABLE walker_sessions_ended (     -- whose access tokens may not have expired yet
  number BIGINT PRIMARY KEY AUTO_INCREMENT,
  session_id BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  INDEX walker_sessions_ended_by_age (ended_at)
);
CREATE TABLE walker_proofs (             -- nonces and ID tokens that have signed somebody in
  hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin PRIMARY KEY,
  used_at BIGINT NOT NULL,
  INDEX walker_proofs_by_age (used_at)
);

CREATE TABLE first_release_walkers (      -- those of clients of the first release, who prove nothing
  walker_id BIGINT PRIMARY KEY,
  secret VARCHAR(43) NOT NULL UNIQUE,     -- hash, keyed, of the UUID that is all they have to show
  public_uuid BINARY(16) NOT NULL UNIQUE, -- what their friends know them by
  folded VARCHAR(150) UNIQUE,             -- the nickname, as they look for one another; NULL: none yet
  refresh_serial BIGINT NOT NULL,         -- of the refresh token that is next; 0: there is none
  renewed_at BIGINT NOT NULL,             -- when the one before was first used,
  renewed_before BIGINT NOT NULL,         -- and the one before that
  used_at BIGINT NOT NULL,                -- last seen, to a day
  INDEX first_release_walkers_by_use (used_at, walker_id),
  FOREIGN KEY (walker_id) REFERENCES walkers (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

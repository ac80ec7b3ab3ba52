CREATE TABLE leave_links (
  hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY, -- of the token in the mail: base64url of SHA-256
  user_id BIGINT NOT NULL,
  wish TINYINT NOT NULL,                -- leaving::Wish: 0 deactivate, 1 close
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX leave_links_by_user ON leave_links (user_id);
CREATE INDEX leave_links_by_expiry ON leave_links (expires_at);

CREATE TABLE closings (                 -- accounts that are CLOSE_REQUESTED, or are being removed
  user_id BIGINT NOT NULL PRIMARY KEY,
  since BIGINT NOT NULL,                -- asked for
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX closings_by_moment ON closings (since, user_id);

CREATE TABLE walker_tickets (       -- by which members come to walk, one at a time
  user_id BIGINT PRIMARY KEY,
  hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE,
  expires_at BIGINT NOT NULL,
  INDEX walker_tickets_by_expiry (expires_at),
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE
);

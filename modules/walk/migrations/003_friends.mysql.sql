CREATE TABLE friendships (              -- each side has a row of its own
  walker_id BIGINT NOT NULL,
  other_id BIGINT NOT NULL,
  kind TINYINT NOT NULL,                -- friends::Kind
  since BIGINT NOT NULL,
  PRIMARY KEY (walker_id, other_id),
  INDEX friendships_by_kind (walker_id, kind, other_id),
  INDEX friendships_by_other (other_id, walker_id),
  FOREIGN KEY (walker_id) REFERENCES walkers (id) ON DELETE CASCADE,
  FOREIGN KEY (other_id) REFERENCES walkers (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE friend_links (             -- who has one may ask for friendship without knowing a name
  id BIGINT PRIMARY KEY AUTO_INCREMENT,
  hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE,  -- base64url of SHA-256
  walker_id BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  INDEX friend_links_of_walker (walker_id, id),
  FOREIGN KEY (walker_id) REFERENCES walkers (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

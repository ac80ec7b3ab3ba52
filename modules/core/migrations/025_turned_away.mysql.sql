-- What is known of whom and what a reader turns away holds as long as this: docs/decisions/relations.md
CREATE TABLE turned_away (              -- who turns anybody or anything away, or was turned away
  user_id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,              -- another at each change of relations, hidden_words, hidden_posts, never one again
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
INSERT IGNORE INTO turned_away (user_id, version)  -- it may be run twice
  SELECT user_id, 0 FROM relations UNION SELECT user_id, 0 FROM hidden_words UNION SELECT user_id, 0 FROM hidden_posts;

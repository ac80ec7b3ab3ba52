-- Not the author's account alone hides what is written: docs/decisions/withholding.md
-- 0: not; 1: its author's account is; above: 1 + feed::Withheld
ALTER TABLE posts RENAME COLUMN author_hidden TO hidden, ALGORITHM = INSTANT;
ALTER TABLE comments RENAME COLUMN author_hidden TO hidden, ALGORITHM = INSTANT;

CREATE TABLE relations (                -- whom an account does not see, each side with a row of its own
  user_id BIGINT NOT NULL,
  other_id BIGINT NOT NULL,
  kind TINYINT NOT NULL,                -- relations::Kind
  created_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, other_id, kind),
  INDEX relations_by_kind (user_id, kind, other_id),
  INDEX relations_by_other (other_id, user_id),
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE,
  FOREIGN KEY (other_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE hidden_words (
  user_id BIGINT NOT NULL PRIMARY KEY,
  words TEXT NOT NULL,                  -- one a line, as they were written
  folded TEXT NOT NULL,                 -- the same as they are looked for (text::searchable)
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE hidden_posts (             -- not interested
  user_id BIGINT NOT NULL,
  post_id BIGINT NOT NULL,
  PRIMARY KEY (user_id, post_id),
  INDEX hidden_posts_by_post (post_id),
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE,
  FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE saved_posts (
  user_id BIGINT NOT NULL,
  post_id BIGINT NOT NULL,
  number BIGINT NOT NULL,               -- of the account's own; what is saved later has a higher one
  created_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, post_id),
  UNIQUE INDEX saved_posts_by_number (user_id, number),
  INDEX saved_posts_by_post (post_id),
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE,
  FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

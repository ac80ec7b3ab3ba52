-- What posts and comments said before they were edited: docs/decisions/revisions.md
CREATE TABLE post_revisions (
  post_id BIGINT NOT NULL,
  number INT NOT NULL,                  -- in the order in which they were written, from 1 on
  content TEXT NOT NULL,
  written_at BIGINT NOT NULL,           -- when the text was published
  PRIMARY KEY (post_id, number),
  FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE comment_revisions (
  comment_id BIGINT NOT NULL,
  number INT NOT NULL,
  content TEXT NOT NULL,
  written_at BIGINT NOT NULL,
  PRIMARY KEY (comment_id, number),
  FOREIGN KEY (comment_id) REFERENCES comments (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

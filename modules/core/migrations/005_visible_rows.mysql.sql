-- Deleted rows have no `shown`: lists walk what is left. docs/decisions/visible-rows.md
ALTER TABLE posts
  ADD COLUMN author_hidden TINYINT NOT NULL DEFAULT 0,  -- 1: what its author wrote is not listed
  ADD COLUMN shown TINYINT AS (IF(deleted_at IS NULL, 1 - author_hidden, NULL)) STORED,
  ADD INDEX posts_shown (shown, id),
  ADD INDEX posts_shown_by_user (user_id, shown, id),
  ADD INDEX posts_shown_by_user_type (user_id, author_type, shown, id),
  DROP INDEX posts_by_user_type;

ALTER TABLE comments
  ADD COLUMN author_hidden TINYINT NOT NULL DEFAULT 0,
  ADD COLUMN shown TINYINT AS (IF(deleted_at IS NULL, 1 - author_hidden, NULL)) STORED,
  ADD INDEX comments_shown (post_id, shown, id),
  ADD INDEX comments_shown_below (post_id, parent_id, shown, id),
  ADD INDEX comments_shown_by_user (user_id, shown, id);

CREATE TABLE authors_to_mark (          -- whose rows say otherwise than `hidden`, or may
  user_id BIGINT NOT NULL PRIMARY KEY,
  hidden TINYINT NOT NULL,
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
INSERT IGNORE INTO authors_to_mark (user_id, hidden) SELECT id, 1 FROM accounts WHERE status <> 0;

-- What the daily purge and the removal of an account walk.
CREATE INDEX sign_in_links_by_expiry ON sign_in_links (expires_at);
CREATE INDEX sign_in_links_by_user ON sign_in_links (user_id);

-- What a renewal walks of its session's tokens.
CREATE INDEX refresh_tokens_by_use ON refresh_tokens (session_id, used_at);
DROP INDEX refresh_tokens_by_session ON refresh_tokens;

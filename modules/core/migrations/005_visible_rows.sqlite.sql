-- Deleted rows have no `shown`: lists walk what is left. docs/decisions/visible-rows.md
ALTER TABLE posts ADD COLUMN author_hidden INTEGER NOT NULL DEFAULT 0;  -- 1: what its author wrote is not listed
ALTER TABLE posts ADD COLUMN shown INTEGER AS (CASE WHEN deleted_at IS NULL THEN 1 - author_hidden END) VIRTUAL;
CREATE INDEX posts_shown ON posts (id) WHERE shown = 1;
CREATE INDEX posts_shown_by_user ON posts (user_id, shown, id) WHERE shown IS NOT NULL;
CREATE INDEX posts_shown_by_user_type ON posts (user_id, author_type, shown, id) WHERE shown IS NOT NULL;
DROP INDEX posts_by_user_type;

ALTER TABLE comments ADD COLUMN author_hidden INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN shown INTEGER AS (CASE WHEN deleted_at IS NULL THEN 1 - author_hidden END) VIRTUAL;
CREATE INDEX comments_shown ON comments (post_id, id) WHERE shown = 1;
CREATE INDEX comments_shown_below ON comments (post_id, parent_id, shown, id) WHERE shown IS NOT NULL;
CREATE INDEX comments_shown_by_user ON comments (user_id, shown, id) WHERE shown IS NOT NULL;

CREATE TABLE authors_to_mark (          -- whose rows say otherwise than `hidden`, or may
  user_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  hidden INTEGER NOT NULL
);
INSERT INTO authors_to_mark (user_id, hidden) SELECT id, 1 FROM accounts WHERE status <> 0;

-- What the daily purge and the removal of an account walk.
CREATE INDEX sign_in_links_by_expiry ON sign_in_links (expires_at);
CREATE INDEX sign_in_links_by_user ON sign_in_links (user_id);

-- What a renewal walks of its session's tokens.
CREATE INDEX refresh_tokens_by_use ON refresh_tokens (session_id, used_at);
DROP INDEX refresh_tokens_by_session;

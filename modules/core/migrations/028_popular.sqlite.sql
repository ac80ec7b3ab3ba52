-- Posts of the last day by how much they were liked and answered: docs/decisions/popular.md
CREATE TABLE popular_posts (
  post_id INTEGER PRIMARY KEY,          -- of one that is gone the sweep takes it
  heat INTEGER NOT NULL,                -- likes and twice the comments
  written_at INTEGER NOT NULL           -- the post's own
);
CREATE INDEX popular_posts_by_heat ON popular_posts (heat, post_id, written_at);
CREATE INDEX popular_posts_by_time ON popular_posts (written_at);

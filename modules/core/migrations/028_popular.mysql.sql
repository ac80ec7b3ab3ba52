-- Posts of the last day by how much they were liked and answered: docs/decisions/popular.md
CREATE TABLE popular_posts (
  post_id BIGINT NOT NULL PRIMARY KEY,  -- of one that is gone the sweep takes it
  heat BIGINT NOT NULL,                 -- likes and twice the comments
  written_at BIGINT NOT NULL,           -- the post's own
  INDEX popular_posts_by_heat (heat, post_id, written_at),
  INDEX popular_posts_by_time (written_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

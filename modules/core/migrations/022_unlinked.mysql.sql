-- What is written unlinked belongs to accounts::kUnlinked; only these rows know whose it is: docs/decisions/unlinked.md
CREATE TABLE unlinked_posts (
  post_id BIGINT NOT NULL PRIMARY KEY,
  user_id BIGINT,                       -- NULL: who wrote it is gone
  remove_at BIGINT,                     -- when it is to be deleted by itself; NULL: it is not
  INDEX unlinked_posts_by_user (user_id, post_id),
  INDEX unlinked_posts_by_removal (remove_at, post_id),
  FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE,
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE SET NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE unlinked_comments (
  comment_id BIGINT NOT NULL PRIMARY KEY,
  user_id BIGINT,
  remove_at BIGINT,
  INDEX unlinked_comments_by_user (user_id, comment_id),
  INDEX unlinked_comments_by_removal (remove_at, comment_id),
  FOREIGN KEY (comment_id) REFERENCES comments (id) ON DELETE CASCADE,
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE SET NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE faces (                    -- who spoke in a thread, and as whom
  post_id BIGINT NOT NULL,
  number BIGINT NOT NULL,               -- 0: the post's author; others from 1 on, in the order of their first word
  user_id BIGINT,                       -- NULL: gone; the number stays taken
  unlinked TINYINT NOT NULL,            -- 1: by the name that follows; 0: by the account's own of each day
  author VARCHAR(32) NOT NULL,
  author_type TINYINT NOT NULL,
  PRIMARY KEY (post_id, number),
  UNIQUE INDEX faces_by_user (user_id, post_id),
  FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE,
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE SET NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

ALTER TABLE comments ADD COLUMN face BIGINT;  -- its number; NULL: nobody knows, its author is gone

-- Who spoke before there were faces has one, so that nobody gets a second one where they spoke.
INSERT INTO faces (post_id, number, user_id, unlinked, author, author_type)
  SELECT post_id, 0, user_id, 0, '', 1
  FROM (SELECT DISTINCT c.post_id, c.user_id FROM comments c JOIN posts p ON p.id = c.post_id AND p.user_id = c.user_id
        WHERE c.user_id > 0) spoke;
INSERT INTO faces (post_id, number, user_id, unlinked, author, author_type)
  SELECT post_id, ROW_NUMBER() OVER (PARTITION BY post_id ORDER BY began), user_id, 0, '', 1
  FROM (SELECT c.post_id, c.user_id, MIN(c.id) AS began FROM comments c JOIN posts p ON p.id = c.post_id AND
        p.user_id <> c.user_id WHERE c.user_id > 0 GROUP BY c.post_id, c.user_id) spoke;
UPDATE comments c JOIN faces f ON f.post_id = c.post_id AND f.user_id = c.user_id SET c.face = f.number;

CREATE TABLE name_bands (               -- how the names of those who write unlinked are shown
  counting BIGINT NOT NULL,
  name VARCHAR(32) NOT NULL,
  type TINYINT NOT NULL,                -- AssetType
  shown VARCHAR(32) NOT NULL,           -- the name or a coarser one; who is not here is shown without a name
  PRIMARY KEY (counting, name, type)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE name_countings (           -- one row
  id BIGINT NOT NULL PRIMARY KEY,
  counting BIGINT NOT NULL,             -- the latest one whose bands are all there
  counted_to BIGINT NOT NULL,           -- the highest account's id then
  changes BIGINT NOT NULL,              -- how often the amounts of many have changed
  counted_changes BIGINT NOT NULL       -- the same when the counting began: its bands hold while these are one
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
INSERT INTO name_countings (id, counting, counted_to, changes, counted_changes) VALUES (1, 0, 0, 1, 0);

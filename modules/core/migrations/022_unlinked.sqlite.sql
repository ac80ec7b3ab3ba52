-- What is written unlinked belongs to accounts::kUnlinked; only these rows know whose it is: docs/decisions/unlinked.md
CREATE TABLE unlinked_posts (
  post_id INTEGER PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
  user_id INTEGER REFERENCES accounts (id) ON DELETE SET NULL,    -- NULL: who wrote it is gone
  remove_at INTEGER                     -- when it is to be deleted by itself; NULL: it is not
);
CREATE INDEX unlinked_posts_by_user ON unlinked_posts (user_id, post_id);
CREATE INDEX unlinked_posts_by_removal ON unlinked_posts (remove_at, post_id);

CREATE TABLE unlinked_comments (
  comment_id INTEGER PRIMARY KEY REFERENCES comments (id) ON DELETE CASCADE,
  user_id INTEGER REFERENCES accounts (id) ON DELETE SET NULL,
  remove_at INTEGER
);
CREATE INDEX unlinked_comments_by_user ON unlinked_comments (user_id, comment_id);
CREATE INDEX unlinked_comments_by_removal ON unlinked_comments (remove_at, comment_id);

CREATE TABLE faces (                    -- who spoke in a thread, and as whom
  post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,              -- 0: the post's author; others from 1 on, in the order of their first word
  user_id INTEGER REFERENCES accounts (id) ON DELETE SET NULL,    -- NULL: gone; the number stays taken
  unlinked INTEGER NOT NULL,            -- 1: by the name that follows; 0: by the account's own of each day
  author TEXT NOT NULL,
  author_type INTEGER NOT NULL,
  PRIMARY KEY (post_id, number)
) WITHOUT ROWID;
CREATE UNIQUE INDEX faces_by_user ON faces (user_id, post_id);

ALTER TABLE comments ADD COLUMN face INTEGER;  -- its number; NULL: nobody knows, its author is gone

-- Who spoke before there were faces has one, so that nobody gets a second one where they spoke.
INSERT INTO faces (post_id, number, user_id, unlinked, author, author_type)
  SELECT post_id, 0, user_id, 0, '', 1
  FROM (SELECT DISTINCT c.post_id, c.user_id FROM comments c JOIN posts p ON p.id = c.post_id AND p.user_id = c.user_id
        WHERE c.user_id > 0) spoke;
INSERT INTO faces (post_id, number, user_id, unlinked, author, author_type)
  SELECT post_id, ROW_NUMBER() OVER (PARTITION BY post_id ORDER BY began), user_id, 0, '', 1
  FROM (SELECT c.post_id, c.user_id, MIN(c.id) AS began FROM comments c JOIN posts p ON p.id = c.post_id AND
        p.user_id <> c.user_id WHERE c.user_id > 0 GROUP BY c.post_id, c.user_id) spoke;
UPDATE comments SET face = (SELECT f.number FROM faces f WHERE f.post_id = comments.post_id AND f.user_id =
  comments.user_id);

CREATE TABLE name_bands (               -- how the names of those who write unlinked are shown
  counting INTEGER NOT NULL,
  name TEXT NOT NULL,
  type INTEGER NOT NULL,                -- AssetType
  shown TEXT NOT NULL,                  -- the name or a coarser one; who is not here is shown without a name
  PRIMARY KEY (counting, name, type)
) WITHOUT ROWID;

CREATE TABLE name_countings (           -- one row
  id INTEGER PRIMARY KEY,
  counting INTEGER NOT NULL,            -- the latest one whose bands are all there
  counted_to INTEGER NOT NULL,          -- the highest account's id then
  changes INTEGER NOT NULL,             -- how often the amounts of many have changed
  counted_changes INTEGER NOT NULL      -- the same when the counting began: its bands hold while these are one
);
INSERT INTO name_countings (id, counting, counted_to, changes, counted_changes) VALUES (1, 0, 0, 1, 0);

-- What posts and comments said before they were edited: docs/decisions/revisions.md
CREATE TABLE post_revisions (
  post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,              -- in the order in which they were written, from 1 on
  content TEXT NOT NULL,
  written_at INTEGER NOT NULL,          -- when the text was published
  PRIMARY KEY (post_id, number)
) WITHOUT ROWID;

CREATE TABLE comment_revisions (
  comment_id INTEGER NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  content TEXT NOT NULL,
  written_at INTEGER NOT NULL,
  PRIMARY KEY (comment_id, number)
) WITHOUT ROWID;

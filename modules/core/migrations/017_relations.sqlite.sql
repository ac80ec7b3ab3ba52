-- Not the author's account alone hides what is written: docs/decisions/withholding.md
ALTER TABLE posts RENAME COLUMN author_hidden TO hidden;     -- 0: not; 1: its author's account is; above: 1 + feed::Withheld
ALTER TABLE comments RENAME COLUMN author_hidden TO hidden;

CREATE TABLE relations (                -- whom an account does not see, each side with a row of its own
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  other_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  kind INTEGER NOT NULL,                -- relations::Kind
  created_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, other_id, kind)
) WITHOUT ROWID;
CREATE INDEX relations_by_kind ON relations (user_id, kind, other_id);
CREATE INDEX relations_by_other ON relations (other_id, user_id);

CREATE TABLE hidden_words (
  user_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  words TEXT NOT NULL,                  -- one a line, as they were written
  folded TEXT NOT NULL                  -- the same as they are looked for (text::searchable)
);

CREATE TABLE hidden_posts (             -- not interested
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  PRIMARY KEY (user_id, post_id)
) WITHOUT ROWID;
CREATE INDEX hidden_posts_by_post ON hidden_posts (post_id);

CREATE TABLE saved_posts (
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,              -- of the account's own; what is saved later has a higher one
  created_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, post_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX saved_posts_by_number ON saved_posts (user_id, number);
CREATE INDEX saved_posts_by_post ON saved_posts (post_id);

-- What is known of whom and what a reader turns away holds as long as this: docs/decisions/relations.md
CREATE TABLE turned_away (              -- who turns anybody or anything away, or was turned away
  user_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  version INTEGER NOT NULL              -- another at each change of relations, hidden_words, hidden_posts, never one again
);
INSERT INTO turned_away (user_id, version)
  SELECT user_id, 0 FROM relations UNION SELECT user_id, 0 FROM hidden_words UNION SELECT user_id, 0 FROM hidden_posts;

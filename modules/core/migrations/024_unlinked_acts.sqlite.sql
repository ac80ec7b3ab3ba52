-- Acts about what was written unlinked are nobody's: docs/decisions/moderation.md
CREATE TABLE unlinked_acts (            -- whom an act concerns that is about what was written unlinked
  act_id INTEGER PRIMARY KEY REFERENCES moderation_acts (id) ON DELETE CASCADE,
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX unlinked_acts_by_user ON unlinked_acts (user_id, act_id);

CREATE TABLE writing_stops (            -- who writes nothing for a while, for what they wrote unlinked
  user_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  act_id INTEGER NOT NULL,              -- which hid it
  ends_at INTEGER NOT NULL
);
CREATE INDEX writing_stops_by_end ON writing_stops (ends_at);

-- Acts about what was written unlinked are nobody's: docs/decisions/moderation.md
CREATE TABLE unlinked_acts (            -- whom an act concerns that is about what was written unlinked
  act_id BIGINT NOT NULL PRIMARY KEY,
  user_id BIGINT NOT NULL,
  FOREIGN KEY (act_id) REFERENCES moderation_acts (id) ON DELETE CASCADE,
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX unlinked_acts_by_user ON unlinked_acts (user_id, act_id);

CREATE TABLE writing_stops (            -- who writes nothing for a while, for what they wrote unlinked
  user_id BIGINT NOT NULL PRIMARY KEY,
  act_id BIGINT NOT NULL,              -- which hid it
  ends_at BIGINT NOT NULL,
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX writing_stops_by_end ON writing_stops (ends_at);

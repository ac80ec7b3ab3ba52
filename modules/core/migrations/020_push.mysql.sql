CREATE TABLE push_subscriptions (       -- browsers that are told of something while no page is open there
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id BIGINT NOT NULL,
  session_id BIGINT NOT NULL,           -- while it lasts, they are
  digest CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE, -- SHA-256 of the endpoint
  endpoint VARCHAR(1024) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  p256dh VARCHAR(87) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  auth VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,              -- when the browser showed it last, to a day
  failing_since BIGINT,                 -- since when the push service takes nothing for it; NULL: it does
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX push_subscriptions_by_user ON push_subscriptions (user_id, seen_at);
CREATE INDEX push_subscriptions_by_seen ON push_subscriptions (seen_at);
CREATE INDEX push_subscriptions_by_failure ON push_subscriptions (failing_since);

CREATE TABLE push_told (                -- of what an account was told a moment ago
  user_id BIGINT NOT NULL,
  thing VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  told_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, thing),
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

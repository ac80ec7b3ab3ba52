CREATE TABLE push_subscriptions (       -- browsers that are told of something while no page is open there
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  session_id INTEGER NOT NULL,          -- while it lasts, they are
  digest TEXT NOT NULL UNIQUE,          -- SHA-256 of the endpoint
  endpoint TEXT NOT NULL,
  p256dh TEXT NOT NULL,
  auth TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,             -- when the browser showed it last, to a day
  failing_since INTEGER                 -- since when the push service takes nothing for it; NULL: it does
);
CREATE INDEX push_subscriptions_by_user ON push_subscriptions (user_id, seen_at);
CREATE INDEX push_subscriptions_by_seen ON push_subscriptions (seen_at);
CREATE INDEX push_subscriptions_by_failure ON push_subscriptions (failing_since);

CREATE TABLE push_told (                -- of what an account was told a moment ago
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  thing TEXT NOT NULL,
  told_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, thing)
) WITHOUT ROWID;

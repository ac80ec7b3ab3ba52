-- Who did what to whom and why. Rows are added, and after a time removed, never changed; they name no account by a key,
-- for they outlive accounts.
CREATE TABLE audit_trail (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  actor_id INTEGER NOT NULL,            -- 0: an operator at the command line, or the node by itself
  action INTEGER NOT NULL,              -- audit::Action
  target_kind INTEGER NOT NULL,         -- audit::TargetKind
  target_id INTEGER NOT NULL,
  reason TEXT NOT NULL
);
CREATE INDEX audit_trail_by_moment ON audit_trail (at);

-- What is, or was, in the moderators' queue: one open row a target.
CREATE TABLE report_cases (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  target_kind INTEGER NOT NULL,
  target_id INTEGER NOT NULL,
  author_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  is_open INTEGER,                      -- 1, or NULL when it is decided
  queue INTEGER NOT NULL,               -- moderation::Queue
  why INTEGER NOT NULL,                 -- bits of moderation::Why
  members INTEGER NOT NULL DEFAULT 0,   -- how many reported it
  guests INTEGER NOT NULL DEFAULT 0,
  act_id INTEGER,                       -- that is objected to
  opened_at INTEGER NOT NULL,
  decided_at INTEGER,
  decision INTEGER,                     -- moderation::Decision
  entry_id INTEGER,                     -- of the audit trail
  reason TEXT NOT NULL DEFAULT '',
  UNIQUE (target_kind, target_id, is_open)
);
CREATE INDEX report_cases_queue ON report_cases (queue, id);
CREATE INDEX report_cases_by_target ON report_cases (target_kind, target_id, id);
CREATE INDEX report_cases_by_author ON report_cases (author_id, is_open, id);
CREATE INDEX report_cases_by_moment ON report_cases (decided_at);

-- The first reports of each case, with their words. What comes later is counted only.
CREATE TABLE reports (
  target_kind INTEGER NOT NULL,
  target_id INTEGER NOT NULL,
  reporter_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  case_id INTEGER NOT NULL REFERENCES report_cases (id) ON DELETE CASCADE,
  guest INTEGER NOT NULL,
  reason INTEGER NOT NULL,
  text TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (target_kind, target_id, reporter_id)
) WITHOUT ROWID;
CREATE INDEX reports_by_case ON reports (case_id, guest, reporter_id);
CREATE INDEX reports_by_reporter ON reports (reporter_id, case_id);

CREATE TABLE report_reasons (
  case_id INTEGER NOT NULL REFERENCES report_cases (id) ON DELETE CASCADE,
  reason INTEGER NOT NULL,
  guest INTEGER NOT NULL,
  times INTEGER NOT NULL,
  PRIMARY KEY (case_id, reason, guest)
) WITHOUT ROWID;

-- What was done to what somebody wrote, or to their account: what they are told, and may object to.
CREATE TABLE moderation_acts (
  id INTEGER PRIMARY KEY,               -- of the entry of the audit trail
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  action INTEGER NOT NULL,
  target_kind INTEGER NOT NULL,
  target_id INTEGER NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL,
  ends_at INTEGER,
  objection TEXT,
  objected_at INTEGER,
  outcome INTEGER                       -- of the objection: moderation::Outcome
);
CREATE INDEX moderation_acts_by_user ON moderation_acts (user_id, id);
CREATE INDEX moderation_acts_by_target ON moderation_acts (target_kind, target_id, id);
CREATE INDEX moderation_acts_by_moment ON moderation_acts (at);

CREATE TABLE suspensions (
  user_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  act_id INTEGER NOT NULL,
  status_before INTEGER NOT NULL,
  ends_at INTEGER                       -- NULL: until it is lifted
);
CREATE INDEX suspensions_by_end ON suspensions (ends_at);

-- What goes to the queue before it shows. One row.
CREATE TABLE moderation_rules (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  words TEXT NOT NULL,                  -- folded, a line each
  newcomer_hours INTEGER NOT NULL,
  newcomer_links INTEGER NOT NULL       -- moderation::Links
);

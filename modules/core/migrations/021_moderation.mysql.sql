-- Who did what to whom and why. Rows are added, and after a time removed, never changed; they name no account by a key,
-- for they outlive accounts.
CREATE TABLE audit_trail (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  at BIGINT NOT NULL,
  actor_id BIGINT NOT NULL,            -- 0: an operator at the command line, or the node by itself
  action TINYINT NOT NULL,              -- audit::Action
  target_kind TINYINT NOT NULL,         -- audit::TargetKind
  target_id BIGINT NOT NULL,
  reason VARCHAR(200) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX audit_trail_by_moment ON audit_trail (at);

-- What is, or was, in the moderators' queue: one open row a target.
CREATE TABLE report_cases (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  target_kind TINYINT NOT NULL,
  target_id BIGINT NOT NULL,
  author_id BIGINT NOT NULL,
  is_open TINYINT,                      -- 1, or NULL when it is decided
  queue TINYINT NOT NULL,               -- moderation::Queue
  why TINYINT NOT NULL,                 -- bits of moderation::Why
  members BIGINT NOT NULL DEFAULT 0,   -- how many reported it
  guests BIGINT NOT NULL DEFAULT 0,
  act_id BIGINT,                       -- that is objected to
  opened_at BIGINT NOT NULL,
  decided_at BIGINT,
  decision TINYINT,                     -- moderation::Decision
  entry_id BIGINT,                     -- of the audit trail
  reason VARCHAR(200) NOT NULL DEFAULT '',
  UNIQUE (target_kind, target_id, is_open),
  FOREIGN KEY (author_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX report_cases_queue ON report_cases (queue, id);
CREATE INDEX report_cases_by_target ON report_cases (target_kind, target_id, id);
CREATE INDEX report_cases_by_author ON report_cases (author_id, is_open, id);
CREATE INDEX report_cases_by_moment ON report_cases (decided_at);

-- The first reports of each case, with their words. What comes later is counted only.
CREATE TABLE reports (
  target_kind TINYINT NOT NULL,
  target_id BIGINT NOT NULL,
  reporter_id BIGINT NOT NULL,
  case_id BIGINT NOT NULL,
  guest TINYINT NOT NULL,
  reason TINYINT NOT NULL,
  text VARCHAR(600) NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (target_kind, target_id, reporter_id),
  FOREIGN KEY (reporter_id) REFERENCES accounts (id) ON DELETE CASCADE,
  FOREIGN KEY (case_id) REFERENCES report_cases (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX reports_by_case ON reports (case_id, guest, reporter_id);
CREATE INDEX reports_by_reporter ON reports (reporter_id, case_id);

CREATE TABLE report_reasons (
  case_id BIGINT NOT NULL,
  reason TINYINT NOT NULL,
  guest TINYINT NOT NULL,
  times BIGINT NOT NULL,
  PRIMARY KEY (case_id, reason, guest),
  FOREIGN KEY (case_id) REFERENCES report_cases (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What was done to what somebody wrote, or to their account: what they are told, and may object to.
CREATE TABLE moderation_acts (
  id BIGINT NOT NULL PRIMARY KEY,               -- of the entry of the audit trail
  user_id BIGINT NOT NULL,
  action TINYINT NOT NULL,
  target_kind TINYINT NOT NULL,
  target_id BIGINT NOT NULL,
  reason VARCHAR(200) NOT NULL,
  at BIGINT NOT NULL,
  ends_at BIGINT,
  objection VARCHAR(600),
  objected_at BIGINT,
  outcome TINYINT,  -- of the objection: moderation::Outcome
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX moderation_acts_by_user ON moderation_acts (user_id, id);
CREATE INDEX moderation_acts_by_target ON moderation_acts (target_kind, target_id, id);
CREATE INDEX moderation_acts_by_moment ON moderation_acts (at);

CREATE TABLE suspensions (
  user_id BIGINT NOT NULL PRIMARY KEY,
  act_id BIGINT NOT NULL,
  status_before TINYINT NOT NULL,
  ends_at BIGINT,  -- NULL: until it is lifted
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX suspensions_by_end ON suspensions (ends_at);

-- What goes to the queue before it shows. One row.
CREATE TABLE moderation_rules (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  words MEDIUMTEXT NOT NULL,                  -- folded, a line each
  newcomer_hours BIGINT NOT NULL,
  newcomer_links TINYINT NOT NULL       -- moderation::Links
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

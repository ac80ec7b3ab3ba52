CREATE TABLE walk_report_cases (         -- what walkers report of one another, one thing until somebody decides
  id BIGINT PRIMARY KEY AUTO_INCREMENT,
  kind TINYINT NOT NULL,                 -- ports::ReportedNames::Kind
  target_id BIGINT NOT NULL,             -- a walker, or a group, which may be no more
  name VARCHAR(50) NOT NULL,             -- what it was called when it was first reported; '': nothing
  is_open TINYINT NOT NULL,
  times BIGINT NOT NULL,                 -- how many reports
  opened_at BIGINT NOT NULL,
  decided_at BIGINT,
  decision TINYINT,                      -- ports::ReportedNames::Decision
  judged VARCHAR(50),                    -- what it is called since the decision
  INDEX walk_report_cases_queue (is_open, id),
  INDEX walk_report_cases_by_target (kind, target_id, id),
  INDEX walk_report_cases_by_moment (decided_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE walk_report_reasons (
  case_id BIGINT NOT NULL,
  reason TINYINT NOT NULL,               -- ReportReason
  times BIGINT NOT NULL,
  PRIMARY KEY (case_id, reason),
  FOREIGN KEY (case_id) REFERENCES walk_report_cases (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE walk_reports (              -- one of a walker and case
  case_id BIGINT NOT NULL,
  number BIGINT NOT NULL,                -- of the case: the first is 1
  walker_id BIGINT NOT NULL,
  reason TINYINT NOT NULL,
  text VARCHAR(600) NOT NULL,            -- '': none was added, or it came late
  PRIMARY KEY (case_id, number),
  UNIQUE INDEX walk_reports_once (case_id, walker_id),
  INDEX walk_reports_by_walker (walker_id, case_id),
  FOREIGN KEY (case_id) REFERENCES walk_report_cases (id) ON DELETE CASCADE,
  FOREIGN KEY (walker_id) REFERENCES walkers (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What was reported of groups, without a reason.
INSERT INTO walk_report_cases (kind, target_id, name, is_open, times, opened_at)
SELECT 2, g.id, g.name, 1, COUNT(*), UNIX_TIMESTAMP() * 1000
FROM walk_groups g JOIN group_reports r ON r.group_id = g.id WHERE g.owner_id IS NOT NULL GROUP BY g.id, g.name;
INSERT INTO walk_report_reasons (case_id, reason, times) SELECT id, 7, times FROM walk_report_cases;
INSERT INTO walk_reports (case_id, number, walker_id, reason, text)
SELECT c.id, ROW_NUMBER() OVER (PARTITION BY c.id ORDER BY r.walker_id), r.walker_id, 7, ''
FROM walk_report_cases c JOIN group_reports r ON r.group_id = c.target_id;
DROP TABLE group_reports;
ALTER TABLE walk_groups DROP INDEX walk_groups_by_reports, DROP COLUMN times_reported;

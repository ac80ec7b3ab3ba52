CREATE TABLE walk_report_cases (         -- what walkers report of one another, one thing until somebody decides
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind INTEGER NOT NULL,                 -- ports::ReportedNames::Kind
  target_id INTEGER NOT NULL,            -- a walker, or a group, which may be no more
  name TEXT NOT NULL,                    -- what it was called when it was first reported; '': nothing
  is_open INTEGER NOT NULL,
  times INTEGER NOT NULL,                -- how many reports
  opened_at INTEGER NOT NULL,
  decided_at INTEGER,
  decision INTEGER,                      -- ports::ReportedNames::Decision
  judged TEXT                            -- what it is called since the decision
);
CREATE INDEX walk_report_cases_queue ON walk_report_cases (is_open, id);
CREATE INDEX walk_report_cases_by_target ON walk_report_cases (kind, target_id, id);
CREATE INDEX walk_report_cases_by_moment ON walk_report_cases (decided_at);
CREATE TABLE walk_report_reasons (
  case_id INTEGER NOT NULL REFERENCES walk_report_cases (id) ON DELETE CASCADE,
  reason INTEGER NOT NULL,               -- ReportReason
  times INTEGER NOT NULL,
  PRIMARY KEY (case_id, reason)
) WITHOUT ROWID;
CREATE TABLE walk_reports (              -- one of a walker and case
  case_id INTEGER NOT NULL REFERENCES walk_report_cases (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,               -- of the case: the first is 1
  walker_id INTEGER NOT NULL REFERENCES walkers (id) ON DELETE CASCADE,
  reason INTEGER NOT NULL,
  text TEXT NOT NULL,                    -- '': none was added, or it came late
  PRIMARY KEY (case_id, number),
  UNIQUE (case_id, walker_id)
) WITHOUT ROWID;
CREATE INDEX walk_reports_by_walker ON walk_reports (walker_id, case_id);

-- What was reported of groups, without a reason.
INSERT INTO walk_report_cases (kind, target_id, name, is_open, times, opened_at)
SELECT 2, g.id, g.name, 1, COUNT(*), CAST(strftime('%s', 'now') AS INTEGER) * 1000
FROM walk_groups g JOIN group_reports r ON r.group_id = g.id WHERE g.owner_id IS NOT NULL GROUP BY g.id, g.name;
INSERT INTO walk_report_reasons (case_id, reason, times) SELECT id, 7, times FROM walk_report_cases;
INSERT INTO walk_reports (case_id, number, walker_id, reason, text)
SELECT c.id, ROW_NUMBER() OVER (PARTITION BY c.id ORDER BY r.walker_id), r.walker_id, 7, ''
FROM walk_report_cases c JOIN group_reports r ON r.group_id = c.target_id;
DROP TABLE group_reports;
DROP INDEX walk_groups_by_reports;
ALTER TABLE walk_groups DROP COLUMN times_reported;

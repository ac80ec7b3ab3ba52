CREATE TABLE walk_groups (
  id BIGINT PRIMARY KEY AUTO_INCREMENT,  -- inside only
  uuid BINARY(16) NOT NULL UNIQUE,       -- what clients know it by
  name VARCHAR(30) NOT NULL,
  owner_id BIGINT,                       -- a member; NULL: it is closed
  times_reported BIGINT NOT NULL,        -- how many since its name was last looked at
  INDEX walk_groups_by_reports (times_reported, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE group_members (
  group_id BIGINT NOT NULL,
  walker_id BIGINT NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (group_id, walker_id),
  INDEX group_members_by_walker (walker_id, group_id),
  FOREIGN KEY (group_id) REFERENCES walk_groups (id) ON DELETE CASCADE,
  FOREIGN KEY (walker_id) REFERENCES walkers (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE group_links (
  id BIGINT PRIMARY KEY AUTO_INCREMENT,
  hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE,  -- base64url of SHA-256
  group_id BIGINT NOT NULL,
  uses_left BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  INDEX group_links_of_group (group_id, id),
  FOREIGN KEY (group_id) REFERENCES walk_groups (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE group_reports (             -- one of a walker
  group_id BIGINT NOT NULL,
  walker_id BIGINT NOT NULL,
  PRIMARY KEY (group_id, walker_id),
  INDEX group_reports_by_walker (walker_id, group_id),
  FOREIGN KEY (group_id) REFERENCES walk_groups (id) ON DELETE CASCADE,
  FOREIGN KEY (walker_id) REFERENCES walkers (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE group_boards (              -- what a group's members are shown, for five minutes
  group_id BIGINT NOT NULL,
  period TINYINT NOT NULL,               -- boards::Period
  taken_at BIGINT NOT NULL,
  totals TEXT NOT NULL,                  -- of its members then (boards/snapshot.hpp)
  PRIMARY KEY (group_id, period),
  FOREIGN KEY (group_id) REFERENCES walk_groups (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE percentiles (               -- of who wants to be compared with all who do
  walker_id BIGINT PRIMARY KEY,
  day INT NOT NULL,                      -- of its own clock
  total INT NOT NULL,                    -- the most it had that day
  percent TINYINT,                       -- NULL: they are too few, or it is not counted yet
  FOREIGN KEY (walker_id) REFERENCES walkers (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

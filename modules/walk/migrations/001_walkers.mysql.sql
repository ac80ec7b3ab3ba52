CREATE TABLE walkers (
  id BIGINT PRIMARY KEY AUTO_INCREMENT,  -- inside only
  uuid BINARY(16) NOT NULL UNIQUE,       -- what clients know it by
  nickname VARCHAR(50) NOT NULL,         -- '': none yet
  folded VARCHAR(150) UNIQUE,            -- the nickname as it is looked for; NULL: none yet
  renamed_at BIGINT NOT NULL,
  status TINYINT NOT NULL,               -- walkers::Status
  status_at BIGINT NOT NULL,
  offset_minutes SMALLINT NOT NULL,      -- of its clock from UTC
  consented_at BIGINT,                   -- to its steps being kept and shown to friends; NULL: not
  created_at BIGINT NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Whether strangers may read what an account writes, where they may read at all: docs/decisions/public-reading.md
ALTER TABLE accounts ADD COLUMN members_only SMALLINT NOT NULL DEFAULT 0;  -- 1: they may not
-- Who did not want to be found before there was this to choose.
UPDATE accounts SET members_only = 1 WHERE unlisted = 1;

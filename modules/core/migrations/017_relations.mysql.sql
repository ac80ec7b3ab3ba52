-- Not the author's account alone hides what is written: docs/decisions/withholding.md
-- 0: not; 1: its author's account is; above: 1 + feed::Withheld
ALTER TABLE posts RENAME COLUMN author_hidden TO hidden, ALGORITHM = INSTANT;
ALTER TABLE comments RENAME COLUMN author_hidden TO hidden, ALGORITHM = INSTANT;

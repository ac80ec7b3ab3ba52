-- Not the author's account alone hides what is written: docs/decisions/withholding.md
ALTER TABLE posts RENAME COLUMN author_hidden TO hidden;     -- 0: not; 1: its author's account is; above: 1 + feed::Withheld
ALTER TABLE comments RENAME COLUMN author_hidden TO hidden;

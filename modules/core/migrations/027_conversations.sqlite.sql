-- A post's comments in the order of their likes.
CREATE INDEX comments_liked ON comments (post_id, like_count, id) WHERE shown = 1 AND parent_id IS NULL;

ALTER TABLE comments ADD COLUMN answers_id INTEGER;  -- the reply that a reply answers; that may be gone

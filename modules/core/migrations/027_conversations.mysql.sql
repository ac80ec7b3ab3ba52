-- A post's comments in the order of their likes.
ALTER TABLE comments ADD INDEX comments_liked (post_id, parent_id, shown, like_count, id);

ALTER TABLE comments ADD COLUMN answers_id BIGINT NULL;  -- the reply that a reply answers; that may be gone

CREATE INDEX posts_by_user_type ON posts (user_id, author_type, id);

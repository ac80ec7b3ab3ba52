-- The hash of the token in the cookie of the browser that used it, when it had one.
ALTER TABLE sign_in_links ADD COLUMN used_by TEXT;

-- The hash of the token in the cookie of the browser that used it, when it had one.
ALTER TABLE sign_in_links ADD COLUMN used_by CHAR(43) CHARACTER SET ascii COLLATE ascii_bin;

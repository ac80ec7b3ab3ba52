-- Who is on the way to a provider to walk, and not to an account: what the page that sent them knows the way by.
ALTER TABLE sign_in_tries ADD COLUMN walk_mark CHAR(43) CHARACTER SET ascii COLLATE ascii_bin;

-- Who was proven there, until walk takes it: no account need be theirs.
CREATE TABLE walk_arrivals (
  hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY, -- base64url of SHA-256 of what the page was given
  issuer VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  expires_at BIGINT NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX walk_arrivals_by_expiry ON walk_arrivals (expires_at);

-- Who is on the way to a provider to walk, and not to an account: what the page that sent them knows the way by.
ALTER TABLE sign_in_tries ADD COLUMN walk_mark TEXT;

-- Who was proven there, until walk takes it: no account need be theirs.
CREATE TABLE walk_arrivals (
  hash TEXT PRIMARY KEY,                -- base64url of SHA-256 of what the page was given
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX walk_arrivals_by_expiry ON walk_arrivals (expires_at);

-- Whoever reads the mail of an address signs in as its account: so it is one account's, in lower case.
UPDATE accounts SET email = LOWER(email) WHERE email IS NOT NULL;
CREATE INDEX accounts_by_email_and_id ON accounts (email, id);
UPDATE accounts SET email = NULL
  WHERE EXISTS (SELECT 1 FROM accounts first WHERE first.email = accounts.email AND first.id < accounts.id);
DROP INDEX accounts_by_email_and_id;
CREATE UNIQUE INDEX accounts_by_email ON accounts (email);

-- Somebody has proved a way in that is nobody's, and may make an account of it.
CREATE TABLE sign_ups (
  hash TEXT PRIMARY KEY,                -- of the browser's cookie: base64url of SHA-256
  way TEXT NOT NULL,                    -- "email", or the provider's id
  issuer TEXT,                          -- the person, as a provider knows them
  subject TEXT,
  email TEXT,                           -- proven to be theirs
  guest_id INTEGER,                     -- whose posts come along; NULL: nobody's
  user_id INTEGER REFERENCES accounts (id) ON DELETE CASCADE, -- the account that was made of it
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sign_ups_by_expiry ON sign_ups (expires_at);
CREATE INDEX sign_ups_by_user ON sign_ups (user_id);

CREATE TABLE consents (                 -- what members said when they signed up
  user_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  age14 INTEGER NOT NULL,               -- 1: 14 or older
  terms TEXT NOT NULL,                  -- the version they accepted
  accepted_at INTEGER NOT NULL
);

CREATE TABLE invitations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT NOT NULL UNIQUE,            -- of the code
  uses_left INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE INDEX invitations_by_expiry ON invitations (expires_at);

CREATE TABLE email_links (
  hash TEXT PRIMARY KEY,                -- of the token in the mail
  browser_hash TEXT NOT NULL,           -- of the cookie of the browser that asked
  email TEXT NOT NULL,
  guest_id INTEGER,                     -- whose posts come along; NULL: nobody's
  tries_left INTEGER NOT NULL,          -- of typing the code
  shown_at INTEGER,                     -- the code was shown, in another browser
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  code_hash TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX email_links_by_browser ON email_links (browser_hash, expires_at);
CREATE INDEX email_links_by_expiry ON email_links (expires_at);
CREATE INDEX email_links_by_email ON email_links (email);

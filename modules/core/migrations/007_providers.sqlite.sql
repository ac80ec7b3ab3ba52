-- A person as a sign-in provider knows them, and whose way in that is.
CREATE TABLE identities (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  user_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  provider TEXT NOT NULL,               -- as configuration names it
  linked_at INTEGER NOT NULL,
  UNIQUE (issuer, subject)
);
CREATE INDEX identities_by_user ON identities (user_id, id);

-- Somebody is on the way to a provider and back. What is hashed here only the browser has.
CREATE TABLE sign_in_tries (
  state_hash TEXT PRIMARY KEY,          -- base64url of SHA-256
  browser_hash TEXT NOT NULL,           -- of the cookie
  provider TEXT NOT NULL,
  guest_id INTEGER,                     -- whose posts come along; NULL: nobody's
  link_to INTEGER REFERENCES accounts (id) ON DELETE CASCADE, -- the member who wants another way in; NULL: a sign-in
  code TEXT,                            -- what the provider's form brought, until our own page takes it
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  outcome TEXT                          -- where it led who was proven
) WITHOUT ROWID;
CREATE INDEX sign_in_tries_by_expiry ON sign_in_tries (expires_at);
CREATE INDEX sign_in_tries_by_member ON sign_in_tries (link_to);

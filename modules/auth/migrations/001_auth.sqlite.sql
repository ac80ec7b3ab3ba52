CREATE TABLE auth_state (               -- one row; its number grows with every change of the tables below but auth_audit
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL
);
INSERT OR IGNORE INTO auth_state (id, version) VALUES (1, 1);

CREATE TABLE auth_clients (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,                 -- separated by spaces
  audiences TEXT NOT NULL,              -- separated by spaces
  jwks TEXT,                            -- RFC 7517, of a client that signs assertions
  dpop INTEGER NOT NULL,                -- 1: its tokens are always bound to a key
  created_at INTEGER NOT NULL,
  disabled_at INTEGER
) WITHOUT ROWID;

CREATE TABLE auth_client_secrets (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  client_id TEXT NOT NULL REFERENCES auth_clients (id) ON DELETE CASCADE,
  digest TEXT NOT NULL,                 -- base64url of SHA-256
  created_at INTEGER NOT NULL,
  last_used_at INTEGER                  -- to the minute
);
CREATE INDEX auth_client_secrets_by_client ON auth_client_secrets (client_id);

CREATE TABLE auth_keys (
  sequence INTEGER PRIMARY KEY,         -- 1, 2, 3 …: two nodes cannot add the same one
  kid TEXT NOT NULL UNIQUE,
  sealed TEXT NOT NULL,                 -- PKCS #8, sealed with the auth key file; base64url
  published_at INTEGER NOT NULL,
  signs_from INTEGER NOT NULL
);

CREATE TABLE auth_denials (
  kind INTEGER NOT NULL,                -- security::Denial::Kind: 0 token, 1 client, 2 key
  value TEXT NOT NULL,
  client TEXT NOT NULL,                 -- who put it there; empty: an operator
  issued_until INTEGER NOT NULL,        -- milliseconds, as all moments
  ends_at INTEGER NOT NULL,
  PRIMARY KEY (kind, value)
) WITHOUT ROWID;
CREATE INDEX auth_denials_by_end ON auth_denials (ends_at);
CREATE INDEX auth_denials_by_client ON auth_denials (client);

CREATE TABLE auth_audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,                  -- a client, `cli:USER`, `node`
  action TEXT NOT NULL,
  subject TEXT NOT NULL,                -- a client id or kid
  address TEXT NOT NULL,
  result TEXT NOT NULL,
  times INTEGER NOT NULL                -- alike refusals share a row
);
CREATE INDEX auth_audit_by_subject ON auth_audit (subject, id);

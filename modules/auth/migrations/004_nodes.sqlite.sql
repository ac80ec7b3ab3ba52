CREATE TABLE auth_join_codes (           -- each lets one node of this program in
  digest TEXT PRIMARY KEY,              -- of the secret in the code: base64url of SHA-256
  role TEXT NOT NULL,
  client_id TEXT NOT NULL,              -- what the node will be called
  kind INTEGER NOT NULL,                -- StoredCode::Kind: 0 setup's for a new client, 1 an operator's for one, 2 for one that is there
  ends_at INTEGER NOT NULL,
  used_for TEXT                         -- the digest of the secret that the node chose; NULL: it was not used
) WITHOUT ROWID;

CREATE TABLE auth_nodes (                -- those that have joined
  client_id TEXT PRIMARY KEY REFERENCES auth_clients (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  url TEXT NOT NULL,                    -- what others reach it by
  told_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE auth_join_codes (           -- each lets one node of this program in
  digest CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY, -- of the secret in the code: base64url of SHA-256
  role VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  client_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- what the node will be called
  kind TINYINT NOT NULL, -- StoredCode::Kind: 0 setup's for a new client, 1 an operator's for one, 2 for one that is there
  ends_at BIGINT NOT NULL,
  used_for CHAR(43) CHARACTER SET ascii COLLATE ascii_bin -- the digest of the secret that the node chose; NULL: it was not used
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE auth_nodes (                -- those that have joined
  client_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  role VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  url VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- what others reach it by
  told_at BIGINT NOT NULL,
  FOREIGN KEY (client_id) REFERENCES auth_clients (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE auth_state (               -- one row; its number grows with every change of the tables below but auth_audit
  id INT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
INSERT IGNORE INTO auth_state (id, version) VALUES (1, 1);

CREATE TABLE auth_clients (
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  name VARCHAR(100) NOT NULL,
  scopes TEXT NOT NULL,                 -- separated by spaces
  audiences TEXT NOT NULL,              -- separated by spaces
  jwks MEDIUMTEXT,                      -- RFC 7517, of a client that signs assertions
  dpop TINYINT NOT NULL,                -- 1: its tokens are always bound to a key
  created_at BIGINT NOT NULL,
  disabled_at BIGINT
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE auth_client_secrets (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  client_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  digest CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- base64url of SHA-256
  created_at BIGINT NOT NULL,
  last_used_at BIGINT,                  -- to the minute
  FOREIGN KEY (client_id) REFERENCES auth_clients (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE auth_keys (
  sequence BIGINT NOT NULL PRIMARY KEY, -- 1, 2, 3 …: two nodes cannot add the same one
  kid VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE,
  sealed TEXT NOT NULL,                 -- PKCS #8, sealed with the auth key file; base64url
  published_at BIGINT NOT NULL,
  signs_from BIGINT NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE auth_denials (
  kind TINYINT NOT NULL,                -- security::Denial::Kind: 0 token, 1 client, 2 key
  value VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  client VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- who put it there; empty: an operator
  issued_until BIGINT NOT NULL,         -- milliseconds, as all moments
  ends_at BIGINT NOT NULL,
  PRIMARY KEY (kind, value)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX auth_denials_by_end ON auth_denials (ends_at);
CREATE INDEX auth_denials_by_client ON auth_denials (client);

CREATE TABLE auth_audit (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  at BIGINT NOT NULL,
  actor VARCHAR(100) NOT NULL,          -- a client, `cli:USER`, `node`
  action VARCHAR(32) NOT NULL,
  subject VARCHAR(100) NOT NULL,        -- a client id or kid
  address VARCHAR(64) NOT NULL,
  result VARCHAR(200) NOT NULL,
  times BIGINT NOT NULL                 -- alike refusals share a row
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX auth_audit_by_subject ON auth_audit (subject, id);

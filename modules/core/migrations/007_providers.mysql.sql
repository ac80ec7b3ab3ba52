-- A person as a sign-in provider knows them, and whose way in that is.
CREATE TABLE identities (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  issuer VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id BIGINT NOT NULL,
  provider VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- as configuration names it
  linked_at BIGINT NOT NULL,
  UNIQUE KEY (issuer, subject),
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX identities_by_user ON identities (user_id, id);

-- Somebody is on the way to a provider and back. What is hashed here only the browser has.
CREATE TABLE sign_in_tries (
  state_hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY, -- base64url of SHA-256
  browser_hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- of the cookie
  provider VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  guest_id BIGINT,                      -- whose posts come along; NULL: nobody's
  link_to BIGINT,                       -- the member who wants another way in; NULL: a sign-in
  code VARCHAR(1024) CHARACTER SET ascii COLLATE ascii_bin, -- what the provider's form brought, until our own page takes it
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  outcome VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin, -- where it led who was proven
  FOREIGN KEY (link_to) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX sign_in_tries_by_expiry ON sign_in_tries (expires_at);
CREATE INDEX sign_in_tries_by_member ON sign_in_tries (link_to);

-- Whoever reads the mail of an address signs in as its account: so it is one account's, in lower case.
UPDATE accounts SET email = LOWER(email) WHERE email IS NOT NULL;
CREATE INDEX accounts_by_email_and_id ON accounts (email, id);
UPDATE accounts later JOIN accounts first ON first.email = later.email AND first.id < later.id SET later.email = NULL;
DROP INDEX accounts_by_email_and_id ON accounts;
CREATE UNIQUE INDEX accounts_by_email ON accounts (email);

-- Somebody has proved a way in that is nobody's, and may make an account of it.
CREATE TABLE sign_ups (
  hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY, -- of the browser's cookie: base64url of SHA-256
  way VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- "email", or the provider's id
  issuer VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin, -- the person, as a provider knows them
  subject VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin,
  email VARCHAR(254),                   -- proven to be theirs
  guest_id BIGINT,                      -- whose posts come along; NULL: nobody's
  user_id BIGINT,                       -- the account that was made of it
  expires_at BIGINT NOT NULL,
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX sign_ups_by_expiry ON sign_ups (expires_at);
CREATE INDEX sign_ups_by_user ON sign_ups (user_id);

CREATE TABLE consents (                 -- what members said when they signed up
  user_id BIGINT NOT NULL PRIMARY KEY,
  age14 TINYINT NOT NULL,               -- 1: 14 or older
  terms VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- the version they accepted
  accepted_at BIGINT NOT NULL,
  FOREIGN KEY (user_id) REFERENCES accounts (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE invitations (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE, -- of the code
  uses_left INT NOT NULL,
  expires_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX invitations_by_expiry ON invitations (expires_at);

CREATE TABLE email_links (
  hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY, -- of the token in the mail
  browser_hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- of the cookie of the browser that asked
  email VARCHAR(254) NOT NULL,
  guest_id BIGINT,                      -- whose posts come along; NULL: nobody's
  tries_left SMALLINT NOT NULL,         -- of typing the code
  shown_at BIGINT,                      -- the code was shown, in another browser
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  code_hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX email_links_by_browser ON email_links (browser_hash, expires_at);
CREATE INDEX email_links_by_expiry ON email_links (expires_at);
CREATE INDEX email_links_by_email ON email_links (email);

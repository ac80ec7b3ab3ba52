-- What a provider gave to be revoked one day, sealed (docs/decisions/consents-at-providers.md). NULL: nothing.
ALTER TABLE identities ADD COLUMN token VARCHAR(1536) CHARACTER SET ascii COLLATE ascii_bin;
ALTER TABLE sign_ups ADD COLUMN token VARCHAR(1536) CHARACTER SET ascii COLLATE ascii_bin;

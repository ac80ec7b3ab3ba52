-- What a provider gave to be revoked one day, sealed (docs/decisions/consents-at-providers.md). NULL: nothing.
ALTER TABLE identities ADD COLUMN token TEXT;
ALTER TABLE sign_ups ADD COLUMN token TEXT;

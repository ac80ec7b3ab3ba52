-- The last moments, by the provider's clock, of which it told something of a person: what comes late changes nothing.
ALTER TABLE identities ADD COLUMN consent_told_at BIGINT, ADD COLUMN mail_told_at BIGINT;
-- 1: its provider says that the address takes no mail any more.
ALTER TABLE accounts ADD COLUMN mail_refused TINYINT NOT NULL DEFAULT 0;

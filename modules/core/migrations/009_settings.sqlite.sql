ALTER TABLE accounts ADD COLUMN private_profile INTEGER NOT NULL DEFAULT 0;  -- 1: others see neither its list of posts nor its history
ALTER TABLE accounts ADD COLUMN language INTEGER;                            -- http::Language: 0 ko, 1 en; NULL: not chosen
ALTER TABLE accounts ADD COLUMN colours INTEGER NOT NULL DEFAULT 0;          -- Colours: 0 western (rises blue), 1 Korean (rises red)

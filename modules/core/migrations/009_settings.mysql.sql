ALTER TABLE accounts
  ADD COLUMN private_profile TINYINT NOT NULL DEFAULT 0,  -- 1: others see neither its list of posts nor its history
  ADD COLUMN language TINYINT,                            -- http::Language: 0 ko, 1 en; NULL: not chosen
  ADD COLUMN colours TINYINT NOT NULL DEFAULT 0;          -- Colours: 0 western (rises blue), 1 Korean (rises red)

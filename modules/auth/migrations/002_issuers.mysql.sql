CREATE TABLE auth_issuers (             -- what the auth nodes on this database are called in their tokens: one, if all is well
  issuer VARCHAR(255) NOT NULL PRIMARY KEY,
  beat BIGINT NOT NULL                  -- moves while a node of that name runs and sees another name here
) CHARACTER SET ascii COLLATE ascii_bin;

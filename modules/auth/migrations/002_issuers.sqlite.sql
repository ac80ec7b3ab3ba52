CREATE TABLE auth_issuers (             -- what the auth nodes on this database are called in their tokens: one, if all is well
  issuer TEXT PRIMARY KEY,
  beat INTEGER NOT NULL                 -- moves while a node of that name runs and sees another name here
) WITHOUT ROWID;

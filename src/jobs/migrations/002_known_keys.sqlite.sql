CREATE TABLE known_keys (               -- which key files the nodes of this database have had
  name TEXT PRIMARY KEY,
  fingerprint TEXT NOT NULL
) WITHOUT ROWID;

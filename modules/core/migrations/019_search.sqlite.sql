-- Which posts have a pair of letters, 4 096 ids a row: docs/decisions/search.md
CREATE TABLE search_chunks (
  bigram INTEGER NOT NULL,              -- 16 bits of each letter: search::bigrams_of
  chunk INTEGER NOT NULL,               -- post id / 4096
  ids BLOB NOT NULL,                    -- search::encode
  PRIMARY KEY (bigram, chunk)
) WITHOUT ROWID;

-- How far the index is.
CREATE TABLE search_state (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO search_state (name, value) VALUES
  ('first', 0), ('next', 0),            -- these chunks are in it
  ('opened', 0),                        -- edits of posts of chunks below add themselves
  ('sealing', -1), ('written', 0),      -- the chunk that is being written, and its last bigram
  ('removals', 0), ('swept', 0),        -- of posts for good, ever and when the last sweep began
  ('sweeping', -1), ('swept rows', 0);  -- the sweep under way: of which removals, and its last bigram

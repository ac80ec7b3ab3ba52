-- Which posts have a pair of letters, 4 096 ids a row: docs/decisions/search.md
CREATE TABLE search_chunks (
  bigram INT UNSIGNED NOT NULL,         -- 16 bits of each letter: search::bigrams_of
  chunk MEDIUMINT UNSIGNED NOT NULL,    -- post id / 4096; of some 31 bytes a row 7 are these two
  ids VARBINARY(8192) NOT NULL,         -- search::encode
  PRIMARY KEY (bigram, chunk)
);

-- How far the index is.
CREATE TABLE search_state (
  name VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  value BIGINT NOT NULL
);
INSERT INTO search_state (name, value) VALUES
  ('first', 0), ('next', 0),            -- these chunks are in it
  ('opened', 0),                        -- edits of posts of chunks below add themselves
  ('sealing', -1), ('written', 0),      -- the chunk that is being written, and its last bigram
  ('removals', 0), ('swept', 0),        -- of posts for good, ever and when the last sweep began
  ('sweeping', -1), ('swept rows', 0);  -- the sweep under way: of which removals, and its last bigram

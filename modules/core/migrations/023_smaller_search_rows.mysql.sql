-- A pair of letters in 32 bits, a chunk in 24: of some 37 bytes a row 5. The job makes the index again.
UPDATE search_state SET value = 0 WHERE name IN ('first', 'next', 'opened', 'written', 'swept rows');
UPDATE search_state SET value = -1 WHERE name IN ('sealing', 'sweeping');
TRUNCATE TABLE search_chunks;
ALTER TABLE search_chunks
  MODIFY bigram INT UNSIGNED NOT NULL,        -- 16 bits of each letter: search::bigrams_of
  MODIFY chunk MEDIUMINT UNSIGNED NOT NULL;   -- post id / 4096

-- A pair of letters is in 32 bits (search::bigrams_of), for MariaDB's sake. The job makes the index again.
UPDATE search_state SET value = 0 WHERE name IN ('first', 'next', 'opened', 'written', 'swept rows');
UPDATE search_state SET value = -1 WHERE name IN ('sealing', 'sweeping');
DELETE FROM search_chunks;

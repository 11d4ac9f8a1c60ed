-- Returns a search key in ASCII, for the trigram index. In a database with the locale C, pg_trgm recognises
-- no other letters, and for a text of three letters it needs all of them.
--
-- Each other character becomes six capital letters, the first from A to D, the rest from N to Z. Keys have no
-- capital letters, and a character can begin only at a letter from A to D. So one spelling contains another
-- exactly if the one key contains the other.
--
-- Like search_key, it calls nothing but pg_catalog, and generated columns store what it returned.
CREATE OR REPLACE FUNCTION search_spelling(key text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF octet_length(key) = length(key) THEN RETURN key; END IF;
  RETURN (SELECT string_agg(CASE WHEN octet_length(letter) = 1 THEN letter ELSE
      concat(chr(65 + ascii(letter) / 371293), chr(78 + ascii(letter) / 28561 % 13), chr(78 + ascii(letter) / 2197 % 13),
        chr(78 + ascii(letter) / 169 % 13), chr(78 + ascii(letter) / 13 % 13), chr(78 + ascii(letter) % 13)) END, '' ORDER BY place)
    FROM regexp_split_to_table(key COLLATE "C", '') WITH ORDINALITY AS letters (letter, place));
END $$;

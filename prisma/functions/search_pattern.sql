-- Returns a LIKE pattern that matches a key or spelling literally. The escaping follows the making of the
-- key, because a full-width percent sign is a percent sign in the key. Like search_key, it calls nothing but pg_catalog.
CREATE OR REPLACE FUNCTION search_pattern(key text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN regexp_replace(key, '([\\%_])', '\\\1', 'g');

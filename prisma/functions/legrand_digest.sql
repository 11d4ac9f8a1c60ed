-- Returns the digest of a credential as lib/crypto/digest.ts computes it: SHA-256 in base64url without padding
-- (decision 53). It is STABLE, because convert_to is.
CREATE OR REPLACE FUNCTION legrand_digest(value text) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
  SELECT translate(rtrim(encode(sha256(convert_to(value, 'UTF8')), 'base64'), '='), '+/', '-_')
$$;

-- SQL functions compute a digest in one place (decision 53).

-- Returns the digest of a credential as lib/crypto/digest.ts computes it: SHA-256 in base64url without padding
-- (decision 53). It is STABLE, because convert_to is.
CREATE OR REPLACE FUNCTION legrand_digest(value text) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
  SELECT translate(rtrim(encode(sha256(convert_to(value, 'UTF8')), 'base64'), '='), '+/', '-_')
$$;

-- Writes everything that a request of the authorization server changes, or nothing; see `writeArtifacts`.
-- Returns false if a condition does not hold.
--
-- Each statement sees what was committed before it began, also after it waited for a row that another request
-- held. So of two redemptions the second one finds nothing left to spend (RFC 6749 §4.1.2).
--
-- The locks are taken in one order: the account, then the grants, then their artifacts. Revocations and
-- deletions take the same order. In another order the two would wait for each other, and the database would
-- end one of them.
--
-- A new session of `of_account_id` needs `password_proof`, the digest of the stored password hash, so that no
-- session begins with a password that was changed in between.
--
-- The application passes `moment`, because its clock decides everywhere else. An interaction stores the
-- account that signed in, or else the network that it came from. `replay` is the response that a spent
-- refresh token can fetch again (decision 18), stored in the transaction that spends the token. Grants are
-- deleted by `revokeGrant`, which returns their owner, because that person gets a mail.
CREATE OR REPLACE FUNCTION legrand_write_artifacts(
  saved jsonb, spent text[], finished text[], deleted text[], revoked_tokens_of text[],
  of_account_id uuid, password_proof text, session_uid text, replay jsonb, moment timestamptz
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  grants text[] := ARRAY(SELECT DISTINCT r->>'grantId' FROM jsonb_array_elements(saved) r WHERE r->>'grantId' IS NOT NULL);
  touched integer;
BEGIN
  IF of_account_id IS NOT NULL THEN
    PERFORM FROM legrand_account WHERE id = of_account_id AND (session_uid IS NOT NULL
      OR legrand_digest(password_digest) = password_proof) FOR SHARE;
    IF NOT FOUND THEN RETURN false; END IF;
  END IF;
  IF cardinality(grants) > 0 THEN
    -- Held until the commit: a revocation waits for it, or is seen here.
    PERFORM FROM legrand_grant WHERE id = ANY(grants) ORDER BY id FOR SHARE;
    GET DIAGNOSTICS touched = ROW_COUNT;
    IF touched <> cardinality(grants) THEN RETURN false; END IF;
  END IF;
  IF session_uid IS NOT NULL THEN
    PERFORM FROM legrand_artifact WHERE uid = session_uid AND kind = 'Session' ORDER BY digest FOR UPDATE;
    IF NOT FOUND THEN RETURN false; END IF;
  END IF;
  IF cardinality(spent) > 0 THEN
    UPDATE legrand_artifact SET consumed_at = moment WHERE digest = ANY(spent) AND consumed_at IS NULL;
    GET DIAGNOSTICS touched = ROW_COUNT;
    IF touched <> cardinality(spent) THEN RETURN false; END IF;
  END IF;
  IF replay IS NOT NULL THEN
    INSERT INTO legrand_refresh_replay (digest, ciphertext, successor, scope, expires_at)
      VALUES (replay->>'digest', replay->>'ciphertext', replay->>'successor', replay->>'scope', (replay->>'expiresAt')::timestamptz);
  END IF;
  IF cardinality(finished) > 0 THEN
    UPDATE legrand_artifact SET consumed_at = COALESCE(consumed_at, moment) WHERE digest = ANY(finished);
  END IF;
  IF cardinality(deleted) + cardinality(revoked_tokens_of) > 0 THEN
    DELETE FROM legrand_artifact WHERE digest = ANY(deleted) OR grant_id = ANY(revoked_tokens_of);
  END IF;
  INSERT INTO legrand_artifact (kind, digest, payload, grant_id, uid, account_id, network, network_ordinal, expires_at)
    SELECT (r->>'kind')::legrand_artifact_kind, r->>'digest', r->'payload', r->>'grantId', r->>'uid', owner.account_id, origin.network,
      CASE WHEN origin.network IS NOT NULL THEN
        COALESCE((SELECT max(a.network_ordinal) FROM legrand_artifact a WHERE a.network = origin.network), 0) + 1 END, (r->>'expiresAt')::timestamptz
    FROM jsonb_array_elements(saved) r
      CROSS JOIN LATERAL (SELECT (CASE r->>'kind'
        WHEN 'Session' THEN r->'payload'->>'accountId'
        WHEN 'Interaction' THEN COALESCE(r#>>'{payload,result,login,accountId}', r#>>'{payload,session,accountId}') END)::uuid AS account_id) owner
      CROSS JOIN LATERAL (SELECT CASE WHEN r->>'kind' = 'Interaction' AND owner.account_id IS NULL THEN r->>'network' END AS network) origin
    ON CONFLICT (digest) DO UPDATE SET payload = excluded.payload, uid = excluded.uid, account_id = excluded.account_id,
      network = excluded.network, network_ordinal = excluded.network_ordinal, expires_at = excluded.expires_at;
  RETURN true;
END $$;

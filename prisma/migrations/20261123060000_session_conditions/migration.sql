-- What a request of the authorization server writes, now with the conditions of the signed-in session that it saves, in the
-- function: its statements are planned once a session (decision 9), and each sees what was committed before it began.
DROP FUNCTION legrand_write_artifacts(jsonb, text[], text[], text[], text[], text[]);

-- Whoever revokes or deletes locks the account first, then grants, then what hangs on them; in another order the two would wait
-- for each other, and the database would end one of them. A lock looks again at a row for which it had to wait.
CREATE FUNCTION legrand_write_artifacts(
  saved jsonb, spent text[], finished text[], deleted text[], revoked_tokens_of text[], revoked_grants text[],
  of_account_id uuid, password_proof text, session_uid text
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  grants text[] := ARRAY(SELECT DISTINCT r->>'grantId' FROM jsonb_array_elements(saved) r WHERE r->>'grantId' IS NOT NULL);
  touched integer;
BEGIN
  IF of_account_id IS NOT NULL THEN
    PERFORM FROM legrand_account WHERE id = of_account_id AND (session_uid IS NOT NULL
      OR translate(rtrim(encode(sha256(convert_to(password_digest, 'UTF8')), 'base64'), '='), '+/', '-_') = password_proof) FOR SHARE;
    IF NOT FOUND THEN RETURN false; END IF;
  END IF;
  IF cardinality(revoked_grants) > 0 THEN
    PERFORM FROM legrand_grant WHERE id = ANY(revoked_grants) ORDER BY id FOR UPDATE;
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
    UPDATE legrand_artifact SET consumed_at = now() WHERE digest = ANY(spent) AND consumed_at IS NULL;
    GET DIAGNOSTICS touched = ROW_COUNT;
    IF touched <> cardinality(spent) THEN RETURN false; END IF;
  END IF;
  IF cardinality(finished) > 0 THEN
    UPDATE legrand_artifact SET consumed_at = COALESCE(consumed_at, now()) WHERE digest = ANY(finished);
  END IF;
  IF cardinality(deleted) + cardinality(revoked_tokens_of) > 0 THEN
    DELETE FROM legrand_artifact WHERE digest = ANY(deleted) OR grant_id = ANY(revoked_tokens_of);
  END IF;
  IF cardinality(revoked_grants) > 0 THEN
    DELETE FROM legrand_grant WHERE id = ANY(revoked_grants);
  END IF;
  INSERT INTO legrand_artifact (kind, digest, payload, grant_id, uid, account_id, expires_at)
    SELECT (r->>'kind')::legrand_artifact_kind, r->>'digest', r->'payload', r->>'grantId', r->>'uid',
      CASE WHEN r->>'kind' = 'Session' THEN (r->'payload'->>'accountId')::uuid END, (r->>'expiresAt')::timestamptz
    FROM jsonb_array_elements(saved) r
    ON CONFLICT (digest) DO UPDATE SET payload = excluded.payload, uid = excluded.uid, account_id = excluded.account_id, expires_at = excluded.expires_at;
  RETURN true;
END $$;

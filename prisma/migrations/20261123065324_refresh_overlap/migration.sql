-- AlterTable
ALTER TABLE "legrand_grant" ADD COLUMN     "last_used_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "legrand_refresh_replay" (
    "digest" TEXT NOT NULL,
    "ciphertext" TEXT NOT NULL,
    "successor" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "legrand_refresh_replay_pkey" PRIMARY KEY ("digest")
);

-- CreateIndex
CREATE INDEX "legrand_refresh_replay_expires_at_idx" ON "legrand_refresh_replay"("expires_at");

-- The last use, for whoever decides whether to note the next one.
CREATE OR REPLACE FUNCTION legrand_grant_json(g legrand_grant) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN g.id IS NULL THEN NULL ELSE jsonb_build_object('id', g.id, 'accountId', g.account_id, 'clientId', g.client_id,
    'grantedScopes', g.granted_scopes, 'rejectedScopes', g.rejected_scopes, 'lastUsedAt', g.last_used_at) END
$$;

-- What a request of the authorization server writes: now also the answer that a spent refresh token may fetch once more, in the
-- statement that spends it; and at the moment that the application says, whose clock decides everywhere else. Grants are revoked
-- by `revokeGrant`, which says whose they were: the person hears of it.
DROP FUNCTION legrand_write_artifacts(jsonb, text[], text[], text[], text[], text[], uuid, text, text);

-- Whoever revokes or deletes locks the account first, then grants, then what hangs on them; in another order the two would wait
-- for each other, and the database would end one of them. A lock looks again at a row for which it had to wait.
CREATE FUNCTION legrand_write_artifacts(
  saved jsonb, spent text[], finished text[], deleted text[], revoked_tokens_of text[],
  of_account_id uuid, password_proof text, session_uid text, replay jsonb, moment timestamptz
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
  INSERT INTO legrand_artifact (kind, digest, payload, grant_id, uid, account_id, expires_at)
    SELECT (r->>'kind')::legrand_artifact_kind, r->>'digest', r->'payload', r->>'grantId', r->>'uid',
      CASE WHEN r->>'kind' = 'Session' THEN (r->'payload'->>'accountId')::uuid END, (r->>'expiresAt')::timestamptz
    FROM jsonb_array_elements(saved) r
    ON CONFLICT (digest) DO UPDATE SET payload = excluded.payload, uid = excluded.uid, account_id = excluded.account_id, expires_at = excluded.expires_at;
  RETURN true;
END $$;

-- What an anonymous caller, one account or one grant can store is bounded (decision 32).

ALTER TABLE "legrand_artifact" ADD COLUMN     "network" TEXT,
ADD COLUMN     "network_ordinal" BIGINT;
ALTER TABLE "legrand_pending_sign_up" ADD COLUMN     "network" TEXT;

-- DropIndex
DROP INDEX "legrand_artifact_account_id_idx";
DROP INDEX "legrand_artifact_grant_id_idx";
DROP INDEX "legrand_pending_sign_up_email_idx";

-- CreateIndex
CREATE INDEX "legrand_artifact_grant_id_kind_expires_at_idx" ON "legrand_artifact"("grant_id", "kind", "expires_at") WHERE "grant_id" IS NOT NULL;
CREATE INDEX "legrand_artifact_account_id_kind_expires_at_idx" ON "legrand_artifact"("account_id", "kind", "expires_at") WHERE "account_id" IS NOT NULL;
CREATE INDEX "legrand_artifact_network_network_ordinal_idx" ON "legrand_artifact"("network", "network_ordinal") WHERE "network" IS NOT NULL;
CREATE INDEX "legrand_artifact_expires_at_network_idx" ON "legrand_artifact"("expires_at", "network") WHERE "network" IS NOT NULL;
CREATE INDEX "legrand_pending_sign_up_email_expires_at_idx" ON "legrand_pending_sign_up"("email", "expires_at");
CREATE INDEX "legrand_pending_sign_up_network_expires_at_idx" ON "legrand_pending_sign_up"("network", "expires_at");

-- Counts the interactions without an account, over all processes.
CREATE SEQUENCE legrand_anonymous_interaction_ordinal;

-- Keeps the newest interactions without an account: `most_of_network` of that network, and `most` in all. Each network is counted at every
-- `network_step`th interaction of its own, and all of them at every `step`th; then as many more go, so that no bound is passed before the
-- next count. A row that is locked is passed over: its person is signing in at this moment. Returns how many went.
CREATE FUNCTION legrand_bound_anonymous_interactions(of_network text, most_of_network integer, network_step integer, most integer, step integer)
RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  newest bigint;
  oldest bigint;
  ended timestamptz;
  of_network_dropped integer := 0;
  dropped integer := 0;
BEGIN
  SELECT max(network_ordinal) INTO newest FROM legrand_artifact WHERE network = of_network;
  IF newest % network_step = 0 THEN
    SELECT network_ordinal INTO oldest FROM legrand_artifact WHERE network = of_network
      ORDER BY network_ordinal DESC OFFSET most_of_network - network_step LIMIT 1;
    DELETE FROM legrand_artifact WHERE digest = ANY (ARRAY(
      SELECT digest FROM legrand_artifact WHERE network = of_network AND network_ordinal <= oldest FOR UPDATE SKIP LOCKED));
    GET DIAGNOSTICS of_network_dropped = ROW_COUNT;
  END IF;
  IF nextval('legrand_anonymous_interaction_ordinal') % step = 0 THEN
    SELECT expires_at INTO ended FROM legrand_artifact WHERE network IS NOT NULL ORDER BY expires_at DESC OFFSET most - step LIMIT 1;
    DELETE FROM legrand_artifact WHERE digest = ANY (ARRAY(
      SELECT digest FROM legrand_artifact WHERE network IS NOT NULL AND expires_at <= ended FOR UPDATE SKIP LOCKED));
    GET DIAGNOSTICS dropped = ROW_COUNT;
  END IF;
  RETURN of_network_dropped + dropped;
END $$;

-- Keeps the newest of each kind among what hangs on one grant (codes and tokens), or belongs to one account (sessions and interactions);
-- what is spent goes first.
CREATE FUNCTION legrand_bound_shares(of_grants text[], most_of_grant integer, of_accounts uuid[], most_of_account integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  deleted integer;
BEGIN
  DELETE FROM legrand_artifact WHERE digest = ANY (ARRAY(
    SELECT digest FROM legrand_artifact WHERE digest IN (
      SELECT digest FROM (
        SELECT digest, row_number() OVER (PARTITION BY grant_id, kind ORDER BY consumed_at IS NULL DESC, expires_at DESC) AS place
        FROM legrand_artifact WHERE grant_id = ANY (of_grants)) of_grant WHERE place > most_of_grant
      UNION ALL
      SELECT digest FROM (
        SELECT digest, row_number() OVER (PARTITION BY account_id, kind ORDER BY consumed_at IS NULL DESC, expires_at DESC) AS place
        FROM legrand_artifact WHERE account_id = ANY (of_accounts)) of_account WHERE place > most_of_account)
    FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS deleted = ROW_COUNT;
  RETURN deleted;
END $$;

-- What a request of the authorization server writes, as before; an interaction now says whose it is: the account that signed in, or
-- else the network that it came from.
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

-- An application keeps the newest 500 entries of its history: each may hold ten long reply URLs twice.
CREATE FUNCTION legrand_bound_application_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM legrand_application_change WHERE id IN (
    SELECT id FROM legrand_application_change WHERE client_id = NEW.client_id ORDER BY at DESC, id DESC OFFSET 500);
  RETURN NULL;
END $$;
CREATE TRIGGER legrand_application_change_bound AFTER INSERT ON legrand_application_change
  FOR EACH ROW EXECUTE FUNCTION legrand_bound_application_changes();

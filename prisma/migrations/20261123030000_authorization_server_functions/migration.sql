-- What every request of the authorization server reads and writes, as PL/pgSQL: a session plans these statements once and
-- keeps the plans. Sent as text they were planned anew at each request, which took more than half of the database's time.

-- An application with its reply URLs, scopes and secrets as one value.
CREATE FUNCTION legrand_application_json(of_client_id uuid) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT jsonb_build_object(
    'clientId', a.client_id, 'type', a.type, 'name', a.name, 'description', a.description,
    'vendor', a.vendor, 'url', a.url, 'logoPath', a.logo_path,
    'replyUrls', COALESCE((SELECT jsonb_agg(r.url ORDER BY r.position) FROM legrand_reply_url r WHERE r.client_id = of_client_id), '[]'),
    'scopes', COALESCE((SELECT jsonb_agg(s.scope ORDER BY s.scope) FROM legrand_requested_scope s WHERE s.client_id = of_client_id), '[]'),
    'secrets', COALESCE((SELECT jsonb_agg(jsonb_build_object('digest', c.secret_digest, 'expiresAt', c.expires_at) ORDER BY c.created_at)
      FROM legrand_client_secret c WHERE c.client_id = of_client_id), '[]'))
  FROM legrand_application a WHERE a.client_id = of_client_id);
END $$;

CREATE FUNCTION legrand_artifact_json(of_digest text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT jsonb_build_object('kind', kind, 'digest', digest, 'payload', payload, 'grantId', grant_id, 'uid', uid,
    'consumedAt', extract(epoch FROM consumed_at)::float8) FROM legrand_artifact WHERE digest = of_digest);
END $$;

CREATE FUNCTION legrand_account_json(of_id uuid) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT jsonb_build_object('id', id, 'email', email, 'givenName', given_name, 'familyName', family_name,
    'country', country) FROM legrand_account WHERE id = of_id);
END $$;

CREATE FUNCTION legrand_grant_json(g legrand_grant) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN g.id IS NULL THEN NULL ELSE jsonb_build_object('id', g.id, 'accountId', g.account_id, 'clientId', g.client_id,
    'grantedScopes', g.granted_scopes, 'rejectedScopes', g.rejected_scopes) END
$$;

-- Everything that a token request will look at. A part that does not exist is null.
CREATE FUNCTION legrand_token_request(of_client_id uuid, of_digest text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  artifact jsonb := legrand_artifact_json(of_digest);
  found_grant legrand_grant;
BEGIN
  SELECT * INTO found_grant FROM legrand_grant WHERE id = artifact->>'grantId';
  RETURN jsonb_build_object('application', legrand_application_json(of_client_id), 'artifact', artifact,
    'grant', legrand_grant_json(found_grant), 'account', legrand_account_json(found_grant.account_id));
END $$;

-- Everything that an authorization request will look at: the application, the session of the browser, whose it is, and what
-- that person granted the application.
CREATE FUNCTION legrand_authorization_request(of_client_id uuid, session_digest text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  session jsonb := legrand_artifact_json(session_digest);
  of_account_id uuid := session->'payload'->>'accountId';
  found_grant legrand_grant;
BEGIN
  SELECT * INTO found_grant FROM legrand_grant WHERE account_id = of_account_id AND client_id = of_client_id;
  RETURN jsonb_build_object('application', legrand_application_json(of_client_id), 'session', session,
    'grant', legrand_grant_json(found_grant), 'account', legrand_account_json(of_account_id));
END $$;

-- Writes everything or nothing; see `writeArtifacts`. Each statement sees what was committed before it began, also after
-- waiting for a row that another request holds: of two redemptions the second one finds nothing left to spend.
CREATE FUNCTION legrand_write_artifacts(
  saved jsonb, spent text[], finished text[], deleted text[], revoked_tokens_of text[], revoked_grants text[]
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  grants text[] := ARRAY(SELECT DISTINCT r->>'grantId' FROM jsonb_array_elements(saved) r WHERE r->>'grantId' IS NOT NULL);
  touched integer;
BEGIN
  IF cardinality(spent) > 0 THEN
    UPDATE legrand_artifact SET consumed_at = now() WHERE digest = ANY(spent) AND consumed_at IS NULL;
    GET DIAGNOSTICS touched = ROW_COUNT;
    IF touched <> cardinality(spent) THEN RETURN false; END IF;
  END IF;
  IF cardinality(grants) > 0 THEN
    -- Held until the commit: a revocation waits for it, or is seen here.
    PERFORM FROM legrand_grant WHERE id = ANY(grants) FOR SHARE;
    GET DIAGNOSTICS touched = ROW_COUNT;
    IF touched <> cardinality(grants) THEN RETURN false; END IF;
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
  INSERT INTO legrand_artifact (kind, digest, payload, grant_id, uid, expires_at)
    SELECT (r->>'kind')::legrand_artifact_kind, r->>'digest', r->'payload', r->>'grantId', r->>'uid', (r->>'expiresAt')::timestamptz
    FROM jsonb_array_elements(saved) r
    ON CONFLICT (digest) DO UPDATE SET payload = excluded.payload, uid = excluded.uid, expires_at = excluded.expires_at;
  RETURN true;
END $$;

-- Returns everything that an authorization request reads: the application, the session of the browser, its
-- account, and what that account granted to the application. A part that does not exist is null.
CREATE OR REPLACE FUNCTION legrand_authorization_request(of_client_id uuid, session_digest text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  session jsonb := legrand_artifact_json(session_digest);
  of_account_id uuid := session->'payload'->>'accountId';
  found_grant legrand_grant;
BEGIN
  SELECT * INTO found_grant FROM legrand_grant WHERE account_id = of_account_id AND client_id = of_client_id;
  RETURN jsonb_build_object('application', legrand_application_json(of_client_id), 'session', session,
    'grant', legrand_grant_json(found_grant), 'account', legrand_account_json(of_account_id));
END $$;

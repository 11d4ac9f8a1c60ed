-- Returns a token with everything that its use reads: its application, its grant and its account. A part that
-- does not exist is null.
CREATE OR REPLACE FUNCTION legrand_token(of_digest text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  artifact jsonb := legrand_artifact_json(of_digest);
  found_grant legrand_grant;
BEGIN
  SELECT * INTO found_grant FROM legrand_grant WHERE id = artifact->>'grantId';
  RETURN jsonb_build_object('artifact', artifact, 'application', legrand_application_json(found_grant.client_id),
    'grant', legrand_grant_json(found_grant), 'account', legrand_account_json(found_grant.account_id));
END $$;

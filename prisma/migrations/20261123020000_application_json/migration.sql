-- An application with its reply URLs, scopes and secrets as one value: the authorization server reads it at every request,
-- alone or beside a token, and should not need four queries for it.
CREATE FUNCTION legrand_application_json(of_client_id uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'clientId', a.client_id, 'type', a.type, 'name', a.name, 'description', a.description,
    'vendor', a.vendor, 'url', a.url, 'logoPath', a.logo_path,
    'replyUrls', COALESCE((SELECT jsonb_agg(r.url ORDER BY r.position) FROM legrand_reply_url r WHERE r.client_id = of_client_id), '[]'),
    'scopes', COALESCE((SELECT jsonb_agg(s.scope ORDER BY s.scope) FROM legrand_requested_scope s WHERE s.client_id = of_client_id), '[]'),
    'secrets', COALESCE((SELECT jsonb_agg(jsonb_build_object('digest', c.secret_digest, 'expiresAt', c.expires_at) ORDER BY c.created_at)
      FROM legrand_client_secret c WHERE c.client_id = of_client_id), '[]'))
  FROM legrand_application a WHERE a.client_id = of_client_id
$$;

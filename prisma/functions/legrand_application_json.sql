-- Returns an application as the authorization server and its editor read it, or null: with its reply URLs,
-- scopes, client secrets and settings (decision 48).
CREATE OR REPLACE FUNCTION legrand_application_json(of_client_id uuid) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT jsonb_build_object(
    'clientId', a.client_id, 'type', a.type, 'name', a.name, 'description', a.description,
    'vendor', a.vendor, 'url', a.url, 'logoPath', a.logo_path, 'state', a.state, 'lastUsedAt', a.last_used_at,
    'refreshPolicy', a.refresh_policy, 'activationTime', a.activation_time,
    'replyUrls', COALESCE((SELECT jsonb_agg(r.url ORDER BY r.position) FROM legrand_reply_url r WHERE r.client_id = of_client_id), '[]'),
    'scopes', COALESCE((SELECT jsonb_agg(s.scope ORDER BY s.scope) FROM legrand_requested_scope s WHERE s.client_id = of_client_id), '[]'),
    'secrets', COALESCE((SELECT jsonb_agg(jsonb_build_object('digest', c.secret_digest, 'expiresAt', c.expires_at, 'lastUsedAt', c.last_used_at)
      ORDER BY c.created_at) FROM legrand_client_secret c WHERE c.client_id = of_client_id), '[]'))
  FROM legrand_application a WHERE a.client_id = of_client_id);
END $$;

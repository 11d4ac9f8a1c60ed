-- Returns a grant as one value, or null for a missing row. The caller decides by `lastUsedAt` whether to
-- record the next use.
CREATE OR REPLACE FUNCTION legrand_grant_json(g legrand_grant) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN g.id IS NULL THEN NULL ELSE jsonb_build_object('id', g.id, 'accountId', g.account_id, 'clientId', g.client_id,
    'grantedScopes', g.granted_scopes, 'rejectedScopes', g.rejected_scopes, 'lastUsedAt', g.last_used_at) END
$$;

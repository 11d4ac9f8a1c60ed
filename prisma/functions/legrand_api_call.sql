-- Checks a call of the API, counts it and records the use of its grant; see `checkCall`. A digest is null if
-- the caller sent no value. `refusal` is null if the access token is live and has the scope. `isLiveKey` says
-- whether a live subscription has the key. `calls` is the number of calls on that day including this one, and
-- null if the call is refused for another reason. `homes` are the homes of the account that the person shares
-- with the application. Every operation that names a home looks for it there (decision 59).
--
-- A call beyond the limit is not counted. A use is written only if the stored one is a minute old, so most
-- calls lock only their own count. The grant is locked before the count, as the deletion of an account does.
--
-- The caller must not run it in a larger transaction: without `waits_for_disk`, its commit is asynchronous.
CREATE OR REPLACE FUNCTION legrand_api_call(
  token_digest text, key_digest text, needed_scope text, of_day date, most_calls integer, moment timestamptz,
  is_read_only boolean, waits_for_disk boolean
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  access record;
  refusal text;
  called_subscription uuid;
  calls_today integer;
  shared_homes jsonb;
BEGIN
  SELECT t.payload, g.id AS grant_id, g.account_id, g.client_id, g.shared_plants, g.last_used_at, a.state, a.activation_time,
      ARRAY(SELECT name FROM unnest(string_to_array(t.payload->>'scope', ' ')) WITH ORDINALITY AS scope(name, place)
        WHERE name = ANY (g.granted_scopes) ORDER BY place) AS scopes
    INTO access
    FROM legrand_artifact t JOIN legrand_grant g ON g.id = t.grant_id JOIN legrand_application a ON a.client_id = g.client_id
    WHERE t.digest = token_digest AND t.kind = 'AccessToken';
  refusal := CASE
    WHEN access.grant_id IS NULL OR (access.payload->>'exp')::float8 <= extract(epoch FROM moment) THEN 'invalid_token'
    WHEN access.state = 'suspended' THEN 'suspended'
    WHEN needed_scope <> ALL (access.scopes) THEN 'insufficient_scope' END;
  IF NOT (is_read_only OR waits_for_disk) THEN
    PERFORM set_config('synchronous_commit', 'off', true);
  END IF;
  IF refusal IS NULL AND NOT is_read_only AND (access.last_used_at IS NULL OR access.last_used_at <= moment - interval '1 minute') THEN
    PERFORM legrand_record_grant_use(access.grant_id, moment);
  END IF;
  SELECT s.id, CASE WHEN refusal IS NULL THEN COALESCE(c.calls, 0) + 1 END INTO called_subscription, calls_today
    FROM legrand_subscription s LEFT JOIN legrand_subscription_call c
      ON c.subscription_id = s.id AND c.day = of_day AND c.end_user_id = access.account_id
    WHERE s.primary_digest = key_digest OR s.secondary_digest = key_digest;
  IF calls_today <= most_calls THEN
    IF NOT is_read_only THEN
      -- Of concurrent calls, each waits for the one before and adds to its count.
      INSERT INTO legrand_subscription_call AS c (subscription_id, day, end_user_id, calls)
        VALUES (called_subscription, of_day, access.account_id, 1)
        ON CONFLICT (subscription_id, day, end_user_id) DO UPDATE SET calls = least(c.calls + 1, most_calls + 1)
        RETURNING c.calls INTO calls_today;
    END IF;
    shared_homes := (SELECT jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'type', p.type, 'country', o.country) ORDER BY p.name, p.id)
      FROM legrand_plant p JOIN legrand_account o ON o.id = p.account_id WHERE p.account_id = access.account_id
        AND (access.shared_plants IS NULL OR p.id = ANY (access.shared_plants)));
  END IF;
  RETURN jsonb_build_object('refusal', refusal, 'accountId', access.account_id, 'clientId', access.client_id, 'scopes', access.scopes,
    'activationTime', access.activation_time, 'isLiveKey', called_subscription IS NOT NULL, 'calls', calls_today,
    'journey', access.payload->>'journey', 'homes', COALESCE(shared_homes, '[]'));
END $$;

-- Returns an artifact as one value, or null. `consumedAt` is in epoch seconds.
CREATE OR REPLACE FUNCTION legrand_artifact_json(of_digest text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT jsonb_build_object('kind', kind, 'digest', digest, 'payload', payload, 'grantId', grant_id, 'uid', uid,
    'consumedAt', extract(epoch FROM consumed_at)::float8) FROM legrand_artifact WHERE digest = of_digest);
END $$;

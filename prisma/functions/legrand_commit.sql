-- Writes what a request of the authorization server changes, all or nothing, and records the uses that it
-- made; see `writeArtifacts`. Returns false if a condition of `legrand_write_artifacts` does not hold. The use
-- of the grant and of the client is recorded in both cases. `used_grant` and `used_client` are null if nothing
-- is to be recorded.
--
-- The grant's use comes first. `legrand_write_artifacts` takes a shared lock on the grant, and two refreshes
-- of one grant that both held it would then wait for each other. The application comes last, because nothing
-- may be waited for while its row is locked.
CREATE OR REPLACE FUNCTION legrand_commit(
  saved jsonb, spent text[], finished text[], deleted text[], revoked_tokens_of text[],
  of_account_id uuid, password_proof text, session_uid text, replay jsonb, moment timestamptz,
  used_grant text, used_client uuid, used_secret text
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  is_written boolean;
BEGIN
  IF used_grant IS NOT NULL THEN
    PERFORM legrand_record_grant_use(used_grant, moment);
  END IF;
  is_written := legrand_write_artifacts(saved, spent, finished, deleted, revoked_tokens_of, of_account_id, password_proof,
    session_uid, replay, moment);
  IF used_client IS NOT NULL THEN
    PERFORM legrand_record_client_use(used_client, used_secret, moment);
  END IF;
  RETURN is_written;
END $$;

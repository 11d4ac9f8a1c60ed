-- Records that an application was used, and the secret with this digest if one was sent, each unless a use was
-- recorded within the minute before.
--
-- A row that another transaction holds is skipped, and the next use is recorded in its place. That transaction
-- most likely records a use too. Waiting could deadlock with the deletion of an account, which locks its
-- applications before the grants that the caller of this function holds.
CREATE OR REPLACE FUNCTION legrand_record_client_use(of_client_id uuid, of_secret text, moment timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE legrand_application SET last_used_at = moment WHERE client_id = (
    SELECT client_id FROM legrand_application
    WHERE client_id = of_client_id AND (last_used_at IS NULL OR last_used_at <= moment - interval '1 minute')
    FOR NO KEY UPDATE SKIP LOCKED);
  UPDATE legrand_client_secret SET last_used_at = moment WHERE id = (
    SELECT id FROM legrand_client_secret
    WHERE client_id = of_client_id AND secret_digest = of_secret AND (last_used_at IS NULL OR last_used_at <= moment - interval '1 minute')
    FOR NO KEY UPDATE SKIP LOCKED);
END $$;

-- Keeps the newest artifacts of each kind: `most_of_grant` codes and tokens of each grant, `most_of_account`
-- sessions and interactions of each account (decision 32). Spent ones are deleted first. Returns how many
-- rows were deleted.
CREATE OR REPLACE FUNCTION legrand_bound_shares(of_grants text[], most_of_grant integer, of_accounts uuid[], most_of_account integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  deleted integer;
BEGIN
  DELETE FROM legrand_artifact WHERE digest = ANY (ARRAY(
    SELECT digest FROM legrand_artifact WHERE digest IN (
      SELECT digest FROM (
        SELECT digest, row_number() OVER (PARTITION BY grant_id, kind ORDER BY consumed_at IS NULL DESC, expires_at DESC) AS place
        FROM legrand_artifact WHERE grant_id = ANY (of_grants)) of_grant WHERE place > most_of_grant
      UNION ALL
      SELECT digest FROM (
        SELECT digest, row_number() OVER (PARTITION BY account_id, kind ORDER BY consumed_at IS NULL DESC, expires_at DESC) AS place
        FROM legrand_artifact WHERE account_id = ANY (of_accounts)) of_account WHERE place > most_of_account)
    FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS deleted = ROW_COUNT;
  RETURN deleted;
END $$;

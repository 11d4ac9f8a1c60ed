-- Keeps the newest interactions without an account: `most_of_network` of this network, and `most` in total
-- (decision 32). Returns how many rows were deleted.
--
-- A network is counted at every `network_step`th interaction of its own, and the total at every `step`th. A
-- count deletes down to the limit minus one step, so that the limit still holds just before the next count. A
-- locked row is skipped, because its user is signing in at this moment.
CREATE OR REPLACE FUNCTION legrand_bound_anonymous_interactions(of_network text, most_of_network integer, network_step integer, most integer, step integer)
RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  newest bigint;
  oldest bigint;
  ended timestamptz;
  of_network_dropped integer := 0;
  dropped integer := 0;
BEGIN
  SELECT max(network_ordinal) INTO newest FROM legrand_artifact WHERE network = of_network;
  IF newest % network_step = 0 THEN
    SELECT network_ordinal INTO oldest FROM legrand_artifact WHERE network = of_network
      ORDER BY network_ordinal DESC OFFSET most_of_network - network_step LIMIT 1;
    DELETE FROM legrand_artifact WHERE digest = ANY (ARRAY(
      SELECT digest FROM legrand_artifact WHERE network = of_network AND network_ordinal <= oldest FOR UPDATE SKIP LOCKED));
    GET DIAGNOSTICS of_network_dropped = ROW_COUNT;
  END IF;
  IF nextval('legrand_anonymous_interaction_ordinal') % step = 0 THEN
    SELECT expires_at INTO ended FROM legrand_artifact WHERE network IS NOT NULL ORDER BY expires_at DESC OFFSET most - step LIMIT 1;
    DELETE FROM legrand_artifact WHERE digest = ANY (ARRAY(
      SELECT digest FROM legrand_artifact WHERE network IS NOT NULL AND expires_at <= ended FOR UPDATE SKIP LOCKED));
    GET DIAGNOSTICS dropped = ROW_COUNT;
  END IF;
  RETURN of_network_dropped + dropped;
END $$;

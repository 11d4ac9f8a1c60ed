-- Counts connects, failed refreshes and accounts that need a new connect for the overview, by day and reason.
CREATE OR REPLACE FUNCTION connect_tally_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO connect_tally (day, name, key, amount)
  SELECT (at AT TIME ZONE 'UTC')::date, what, coalesce(detail->>'reason', ''), count(*) FROM new_rows
  WHERE what IN ('connected', 'refresh_failed', 'reconnect_needed') GROUP BY 1, 2, 3;
  RETURN NULL;
END $$;

-- Counts inserted accounts for the overview. Rows are only added and nothing is locked, so that two
-- transactions that change accounts never wait for each other here (decision 29).
-- `listed` is a running total of the accounts in each state. It belongs to no day, so its day is 1970-01-01.
-- `linked` is the net change of a day in the number of accounts that are not disconnected.
CREATE OR REPLACE FUNCTION connect_tally_new_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO connect_tally (day, name, key, amount)
  SELECT day, name, key, sum(amount) FROM (
    SELECT DATE '1970-01-01' AS day, 'listed' AS name, listed_state AS key, 1 AS amount FROM new_rows
    UNION ALL SELECT (connected_at AT TIME ZONE 'UTC')::date, 'linked', '', 1 FROM new_rows
    UNION ALL SELECT (coalesce(disconnected_at, now()) AT TIME ZONE 'UTC')::date, 'linked', '', -1 FROM new_rows WHERE state = 'disconnected'
  ) AS change GROUP BY day, name, key HAVING sum(amount) <> 0;
  RETURN NULL;
END $$;

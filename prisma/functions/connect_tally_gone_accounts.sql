-- Counts deleted accounts for the overview. connect_tally_new_accounts.sql explains `listed` and `linked`.
CREATE OR REPLACE FUNCTION connect_tally_gone_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO connect_tally (day, name, key, amount)
  SELECT DATE '1970-01-01', 'listed', listed_state, -count(*) FROM old_rows GROUP BY listed_state
  UNION ALL SELECT (now() AT TIME ZONE 'UTC')::date, 'linked', '', -count(*) FROM old_rows WHERE state <> 'disconnected' HAVING count(*) > 0;
  RETURN NULL;
END $$;

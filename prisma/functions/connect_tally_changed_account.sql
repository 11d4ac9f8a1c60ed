-- Counts an account whose listed state changed for the overview. connect_tally_new_accounts.sql explains
-- `listed` and `linked`.
CREATE OR REPLACE FUNCTION connect_tally_changed_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO connect_tally (day, name, key, amount)
  VALUES (DATE '1970-01-01', 'listed', OLD.listed_state, -1), (DATE '1970-01-01', 'listed', NEW.listed_state, 1);
  IF OLD.state = 'disconnected' THEN
    INSERT INTO connect_tally (day, name, key, amount) VALUES ((NEW.connected_at AT TIME ZONE 'UTC')::date, 'linked', '', 1);
  ELSIF NEW.state = 'disconnected' THEN
    INSERT INTO connect_tally (day, name, key, amount) VALUES ((coalesce(NEW.disconnected_at, now()) AT TIME ZONE 'UTC')::date, 'linked', '', -1);
  END IF;
  RETURN NULL;
END $$;

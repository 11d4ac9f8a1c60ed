-- Keeps the newest 500 entries of an application's history (decision 32), because each may hold ten long
-- reply URLs twice. Its trigger is legrand_application_change_bound.
CREATE OR REPLACE FUNCTION legrand_bound_application_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM legrand_application_change WHERE id IN (
    SELECT id FROM legrand_application_change WHERE client_id = NEW.client_id ORDER BY at DESC, id DESC OFFSET 500);
  RETURN NULL;
END $$;

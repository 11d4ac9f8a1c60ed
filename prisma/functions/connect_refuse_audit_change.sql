-- Refuses every UPDATE, DELETE and TRUNCATE of the audit log (decision 27). Its trigger is
-- connect_audit_entry_append_only.
CREATE OR REPLACE FUNCTION connect_refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;

-- Records that a token of the grant was used, unless a use was recorded within the minute before. Of
-- concurrent calls, the second waits and then writes nothing.
CREATE OR REPLACE FUNCTION legrand_record_grant_use(of_grant text, moment timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE legrand_grant SET last_used_at = moment
    WHERE id = of_grant AND (last_used_at IS NULL OR last_used_at <= moment - interval '1 minute');
END $$;

-- Returns an account as one value, or null.
CREATE OR REPLACE FUNCTION legrand_account_json(of_id uuid) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT jsonb_build_object('id', id, 'email', email, 'givenName', given_name, 'familyName', family_name,
    'country', country) FROM legrand_account WHERE id = of_id);
END $$;

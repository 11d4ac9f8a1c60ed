import { digest } from "#lib/crypto/digest.ts";
import { query } from "#tests/harness/database.ts";

/** Expires a code, token, session or interaction (by its uid), as if it had been made long ago. */
export async function end(value: string): Promise<void> {
  const rows = await query(
    `UPDATE legrand_artifact SET expires_at = now() - interval '1 minute',
       payload = jsonb_set(payload, '{exp}', to_jsonb(extract(epoch FROM now())::bigint - 60))
     WHERE digest = $1 RETURNING 1 AS ended`,
    digest(value),
  );
  if (rows.length !== 1) throw new Error("There is no such artifact to end");
}

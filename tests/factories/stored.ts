import { query } from "#tests/harness/database.ts";

/** Returns every row of every table as text: what a thief of the database would read. */
export async function dumpDatabase(): Promise<string> {
  const tables = await query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  );
  const rows = await Promise.all(
    tables.map(({ name }) => query<{ row: string }>(`SELECT row_to_json(t)::text AS row FROM "${name}" t`)),
  );
  return rows
    .flat()
    .map(({ row }) => row)
    .join("\n");
}

/** Returns what a person has granted an application, or null. */
export async function findGrant(
  accountId: string,
  clientId: string,
): Promise<{ granted: string[]; rejected: string[] } | null> {
  const rows = await query<{ granted: string[]; rejected: string[] }>(
    `SELECT granted_scopes AS granted, rejected_scopes AS rejected FROM legrand_grant WHERE account_id = $1::uuid AND client_id = $2::uuid`,
    accountId,
    clientId,
  );
  return rows[0] ? { granted: [...rows[0].granted].sort(), rejected: [...rows[0].rejected].sort() } : null;
}

/** Counts the codes and tokens of an application. */
export async function countArtifacts(clientId: string): Promise<number> {
  const [row] = await query<{ count: number }>(
    `SELECT count(*)::int AS count FROM legrand_artifact WHERE kind IN ('AuthorizationCode', 'AccessToken', 'RefreshToken') AND payload->>'clientId' = $1`,
    clientId,
  );
  return row!.count;
}

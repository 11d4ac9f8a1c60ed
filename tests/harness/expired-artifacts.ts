import type { PrismaClient } from "#lib/db/generated/client.ts";

/**
 * Inserts as many artifacts as its parameter says. They expired three days ago, so the sweep deletes them.
 */
export const INSERT_EXPIRED_ARTIFACTS = `INSERT INTO legrand_artifact (digest, kind, payload, expires_at)
  SELECT encode(sha256(gen_random_uuid()::text::bytea), 'hex'), 'AccessToken', jsonb_build_object('text', repeat(md5(i::text), 4)), now() - interval '3 days'
  FROM generate_series(1, $1::int) AS i`;

/** Inserts that many artifacts that the sweep deletes. */
export async function insertExpiredArtifacts(client: PrismaClient, count: number): Promise<void> {
  // The torture test sends the same statement as a text through the control server.
  await client.$executeRawUnsafe(INSERT_EXPIRED_ARTIFACTS, count);
}

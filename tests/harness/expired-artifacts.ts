import type { PrismaClient } from "#lib/db/generated/client.ts";

/** Inserts that many artifacts that expired three days ago, which the sweep deletes. */
export async function insertExpiredArtifacts(client: PrismaClient, count: number): Promise<void> {
  await client.$executeRaw`INSERT INTO legrand_artifact (digest, kind, payload, expires_at)
    SELECT encode(sha256(gen_random_uuid()::text::bytea), 'hex'), 'AccessToken', jsonb_build_object('text', repeat(md5(i::text), 4)), now() - interval '3 days'
    FROM generate_series(1, ${count}::int) AS i`;
}

import "server-only";

import { database } from "#lib/db/client.ts";
import type { ArtifactKind } from "#lib/db/generated/enums.ts";

/** One stored code, token, session or interaction. `payload` never has the value that travels, only `digest` of it. */
export type Artifact = {
  kind: ArtifactKind;
  digest: string;
  payload: Record<string, unknown>;
  grantId: string | null;
  uid: string | null;
  /** Epoch seconds, or null. */
  consumedAt: number | null;
};

/** What a request of the authorization server wants written, all or nothing. */
export type ArtifactWrites = {
  saved: (Omit<Artifact, "consumedAt"> & { expiresAt: Date })[];
  /** Digests of codes and refresh tokens that this request spends. */
  spent: string[];
  /** Digests of interactions that are answered; they stay, to tell a late visitor so. */
  finished: string[];
  deleted: string[];
  /** Grants whose codes and tokens this request revokes. */
  revokedTokensOf: string[];
  /** Grants that this request revokes themselves. */
  revokedGrants: string[];
};

const EPOCH = "extract(epoch FROM consumed_at)::float8";

/** The artifact of that digest, expired or consumed or not; or null. */
export async function findArtifact(kind: ArtifactKind, digest: string): Promise<Artifact | null> {
  const rows = await database().$queryRawUnsafe<Artifact[]>(
    `SELECT kind::text, digest, payload, grant_id AS "grantId", uid, ${EPOCH} AS "consumedAt"
     FROM legrand_artifact WHERE digest = $1 AND kind::text = $2`, digest, kind);
  return rows[0] ?? null;
}

/** The session of that `uid`, or null. */
export async function findSessionByUid(uid: string): Promise<Artifact | null> {
  const row = await database().artifact.findFirst({ where: { uid, kind: "Session" } });
  return row && { ...row, payload: row.payload as Artifact["payload"], consumedAt: null };
}

/**
 * Everything that a token request will look at, in one query: the application, the code or refresh token (either kind), its
 * grant, and the account. A part that does not exist is null.
 */
export async function loadTokenRequest(clientId: string, digest: string) {
  const [row] = await database().$queryRawUnsafe<{
    application: unknown; artifact: Artifact | null; grant: unknown; account: unknown;
  }[]>(
    `SELECT legrand_application_json($1::uuid) AS application, a.artifact, g.grant, c.account
     FROM (SELECT 1) one
     LEFT JOIN LATERAL (
       SELECT grant_id, jsonb_build_object('kind', kind, 'digest', digest, 'payload', payload, 'grantId', grant_id, 'uid', uid,
         'consumedAt', ${EPOCH}) AS artifact FROM legrand_artifact WHERE digest = $2) a ON true
     LEFT JOIN LATERAL (
       SELECT account_id, jsonb_build_object('id', id, 'accountId', account_id, 'clientId', client_id,
         'grantedScopes', granted_scopes, 'rejectedScopes', rejected_scopes) AS grant FROM legrand_grant WHERE id = a.grant_id) g ON true
     LEFT JOIN LATERAL (
       SELECT jsonb_build_object('id', id, 'email', email, 'givenName', given_name, 'familyName', family_name,
         'country', country) AS account FROM legrand_account WHERE id = g.account_id) c ON true`, clientId, digest);
  return row!;
}

/**
 * Writes everything or nothing, in one statement: only when all that is to be spent had not been spent before and when the
 * grant of what is saved still stands. So of two concurrent redemptions exactly one wins, and no token outlives a revocation
 * that came between (RFC 6749 §4.1.2). Returns false when another request was first.
 */
export async function writeArtifacts(writes: ArtifactWrites): Promise<boolean> {
  const [row] = await database().$queryRawUnsafe<{ ok: boolean }[]>(
    `WITH input AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS r(kind text, digest text, payload jsonb, "grantId" text, uid text, "expiresAt" timestamptz)
     ), spent AS (
       UPDATE legrand_artifact SET consumed_at = now() WHERE digest = ANY($2::text[]) AND consumed_at IS NULL RETURNING 1
     ), live AS (
       SELECT id FROM legrand_grant WHERE id IN (SELECT "grantId" FROM input) FOR SHARE
     ), verdict AS (
       SELECT (SELECT count(*) FROM spent) = cardinality($2::text[])
         AND NOT EXISTS (SELECT FROM input WHERE "grantId" IS NOT NULL AND "grantId" NOT IN (SELECT id FROM live)) AS ok
     ), finished AS (
       UPDATE legrand_artifact SET consumed_at = COALESCE(consumed_at, now()) WHERE digest = ANY($3::text[]) AND (SELECT ok FROM verdict)
     ), deleted AS (
       DELETE FROM legrand_artifact WHERE (digest = ANY($4::text[]) OR grant_id = ANY($5::text[])) AND (SELECT ok FROM verdict)
     ), revoked AS (
       DELETE FROM legrand_grant WHERE id = ANY($6::text[]) AND (SELECT ok FROM verdict)
     ), saved AS (
       INSERT INTO legrand_artifact (kind, digest, payload, grant_id, uid, expires_at)
       SELECT kind::legrand_artifact_kind, digest, payload, "grantId", uid, "expiresAt" FROM input WHERE (SELECT ok FROM verdict)
       ON CONFLICT (digest) DO UPDATE SET payload = excluded.payload, uid = excluded.uid, expires_at = excluded.expires_at
     ) SELECT ok FROM verdict`,
    JSON.stringify(writes.saved), writes.spent, writes.finished, writes.deleted, writes.revokedTokensOf, writes.revokedGrants);
  return row?.ok ?? false;
}

/** Deletes what expired before that moment, at most `limit` rows at a time; returns how many went. */
export async function deleteExpiredArtifacts(before: Date, limit: number): Promise<number> {
  return database().$executeRaw`
    DELETE FROM legrand_artifact WHERE digest IN (
      SELECT digest FROM legrand_artifact WHERE expires_at < ${before} ORDER BY expires_at LIMIT ${limit})`;
}

/** The issuer's keys as ciphertext, newest first. */
export function listSigningKeys(): Promise<{ kid: string; ciphertext: string }[]> {
  return database().signingKey.findMany({ orderBy: { createdAt: "desc" }, select: { kid: true, ciphertext: true } });
}

/** Adds a key unless another process added the first one meanwhile. */
export async function addFirstSigningKey(kid: string, ciphertext: string): Promise<void> {
  await database().$transaction(async (transaction) => {
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(4711, 1)`;
    if ((await transaction.signingKey.count()) === 0) await transaction.signingKey.create({ data: { kid, ciphertext } });
  });
}

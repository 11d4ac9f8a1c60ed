import "server-only";

import { now } from "#lib/clock.ts";
import { database } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { isUuid } from "#lib/is-uuid.ts";
import { recordChange } from "#lib/legrand/applications/history.store.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { ALIVE_SECRETS_LIMIT } from "#lib/legrand/client-secrets/client-secret-constants.ts";
import type { ClientSecret } from "#lib/legrand/client-secrets/client-secret.ts";

/** A requested secret. `secretEndsAt` is when the secret expires; `expiresAt` is when the ticket expires. */
export type PendingSecret = {
  digest: string;
  label: string;
  createdBy: string;
  secretEndsAt: Date;
  expiresAt: Date;
};

const SHOWN = {
  id: true,
  label: true,
  lastCharacters: true,
  createdBy: true,
  createdAt: true,
  lastUsedAt: true,
  expiresAt: true,
} as const;

/** Lists every secret of the application, newest first, including expired ones. */
export function listSecrets({ clientId }: OwnedApplication): Promise<ClientSecret[]> {
  return database().clientSecret.findMany({
    where: { clientId },
    select: SHOWN,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
}

/** Returns a secret of the application, or null. A secret of another application also gives null. */
export async function findSecret({ clientId }: OwnedApplication, id: string): Promise<ClientSecret | null> {
  return isUuid(id) ? database().clientSecret.findFirst({ where: { id, clientId }, select: SHOWN }) : null;
}

/**
 * True if the application had a secret with this id that was deleted. This happens when the button is pressed
 * twice.
 */
export async function wasDeleted({ clientId }: OwnedApplication, id: string): Promise<boolean> {
  const where = { clientId, what: "secret_deleted", detail: { path: ["secretId"], equals: id } };
  return (await database().applicationChange.count({ where })) > 0;
}

/**
 * Locks the application until the transaction ends. So operations that create, count or delete its secrets
 * run one after the other, and the next statement sees what the previous transaction committed.
 */
const lock = (clientId: string) => database().$queryRaw`
  SELECT 1 AS locked FROM legrand_application WHERE client_id = ${clientId}::uuid FOR NO KEY UPDATE`;

/**
 * Stores a request for a secret, in place of an earlier unfetched one. Returns false if too many secrets are
 * active.
 */
export async function putPendingSecret(
  { clientId }: OwnedApplication,
  pending: PendingSecret,
): Promise<boolean> {
  const [, , added] = await database().$transaction([
    lock(clientId),
    database().pendingSecret.deleteMany({ where: { clientId } }),
    database().$executeRaw`
      INSERT INTO legrand_pending_secret (digest, client_id, label, created_by, secret_ends_at, expires_at)
      SELECT ${pending.digest}, client_id, ${pending.label}, ${pending.createdBy}, ${pending.secretEndsAt}::timestamptz, ${pending.expiresAt}::timestamptz
      FROM legrand_application WHERE client_id = ${clientId}::uuid AND ${ALIVE_SECRETS_LIMIT}::int > (
        SELECT count(*) FROM legrand_client_secret WHERE client_id = ${clientId}::uuid AND expires_at > ${now()}::timestamptz)`,
  ]);
  return added === 1;
}

/**
 * The result of a ticket: the secret's label and expiry, and whether it is the application's first secret
 * ever.
 */
export type MadeSecret = { label: string; expiresAt: Date; isFirst: boolean };

/**
 * Spends a ticket of this application and stores the digest of its secret, in one statement. Of two requests
 * with the same ticket, one gets the secret and the other null.
 */
export async function takePendingSecret(
  { clientId }: OwnedApplication,
  ticketDigest: string,
  secretDigest: string,
  lastCharacters: string,
): Promise<MadeSecret | null> {
  const [, rows] = await database().$transaction([
    lock(clientId),
    database().$queryRaw<MadeSecret[]>`
    WITH ticket AS (
      DELETE FROM legrand_pending_secret
      WHERE digest = ${ticketDigest} AND client_id = ${clientId}::uuid AND expires_at > ${now()}::timestamptz RETURNING *
    ), made AS (
      INSERT INTO legrand_client_secret (id, client_id, secret_digest, last_characters, label, created_by, created_at, expires_at)
      SELECT gen_random_uuid(), client_id, ${secretDigest}, ${lastCharacters}, label, created_by, ${now()}::timestamptz, secret_ends_at FROM ticket
    ), noted AS (
      ${recordChange({
        what: "secret_generated",
        who: Prisma.sql`created_by`,
        detail: Prisma.sql`jsonb_build_object('label', label, 'lastCharacters', ${lastCharacters}::text)`,
        of: Prisma.sql`ticket`,
      })}
    )
    SELECT label, secret_ends_at AS "expiresAt", NOT EXISTS (
      SELECT FROM legrand_application_change WHERE client_id = ${clientId}::uuid AND what = 'secret_generated') AS "isFirst"
    FROM ticket`,
  ]);
  return rows[0] ?? null;
}

/** True if the ticket of this application is stored, because it was not spent. It may have expired. */
export async function hasPendingSecret(
  { clientId }: OwnedApplication,
  ticketDigest: string,
): Promise<boolean> {
  return (await database().pendingSecret.count({ where: { clientId, digest: ticketDigest } })) > 0;
}

/**
 * Deletes a secret of this application and records the deletion, in one statement. The only active secret is
 * deleted only if the application is suspended, or if this call suspends it (`stop`). Returns the label and
 * the last characters, or null if nothing was deleted.
 */
export async function deleteSecret(
  { clientId }: OwnedApplication,
  id: string,
  who: string,
  stop: boolean,
): Promise<Pick<ClientSecret, "label" | "lastCharacters"> | null> {
  if (!isUuid(id)) return null;
  const at = now();
  const [, rows] = await database().$transaction([
    lock(clientId),
    database().$queryRaw<Pick<ClientSecret, "label" | "lastCharacters">[]>`
    WITH gone AS (
      DELETE FROM legrand_client_secret c WHERE c.id = ${id}::uuid AND c.client_id = ${clientId}::uuid AND (
        ${stop} OR c.expires_at <= ${at}::timestamptz
        OR EXISTS (SELECT FROM legrand_application a WHERE a.client_id = c.client_id AND a.state = 'suspended')
        OR EXISTS (SELECT FROM legrand_client_secret o WHERE o.client_id = c.client_id AND o.id <> c.id AND o.expires_at > ${at}::timestamptz))
      RETURNING id, client_id, label, last_characters
    ), stopped AS (
      UPDATE legrand_application a SET state = 'suspended', suspended_at = ${at}::timestamptz FROM gone
      WHERE ${stop} AND a.client_id = gone.client_id AND a.state = 'active' RETURNING a.client_id
    ), noted AS (
      ${recordChange({
        what: "secret_deleted",
        who,
        detail: Prisma.sql`jsonb_build_object('label', label, 'lastCharacters', last_characters, 'secretId', id)`,
        of: Prisma.sql`gone`,
      })}
    ), noted_stop AS (
      ${recordChange({ what: "suspended", who, detail: {}, of: Prisma.sql`stopped` })}
    )
    SELECT label, last_characters AS "lastCharacters" FROM gone`,
  ]);
  return rows[0] ?? null;
}

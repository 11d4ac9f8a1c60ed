import "server-only";

import { now } from "#lib/clock.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import { database } from "#lib/db/client.ts";
import type { AccountId } from "#lib/legrand/accounts/account-id.ts";
import type { ClientId } from "#lib/legrand/applications/client-id.ts";
import type { ChosenHomes, StoredHomesChange } from "#lib/legrand/grants/shared-homes.ts";
import {
  endSubscriptionsToOtherHomes,
  lockAccount,
  sharedPlants,
} from "#lib/legrand/grants/shared-homes.store.ts";

/**
 * What one person allows one application. At most one grant exists for the pair, and every code and token
 * belongs to it.
 */
export type Grant = {
  id: string;
  accountId: AccountId;
  clientId: ClientId;
  grantedScopes: string[];
  rejectedScopes: string[];
  /** To the minute; null before the first use. An ISO 8601 string if it was read ahead. */
  lastUsedAt: Date | string | null;
};

const FIELDS = {
  id: true,
  accountId: true,
  clientId: true,
  grantedScopes: true,
  rejectedScopes: true,
  lastUsedAt: true,
} as const;

/** Returns the grant of this person for this application, or null. */
export async function findGrant(accountId: AccountId, clientId: ClientId): Promise<Grant | null> {
  const row = await database().grant.findUnique({
    where: { accountId_clientId: { accountId, clientId } },
    select: FIELDS,
  });
  return row && { ...row, accountId, clientId };
}

/** Returns the grant with this id, or null if it was revoked. */
export function findGrantById(id: string): Promise<Grant | null> {
  return database().grant.findUnique({ where: { id }, select: FIELDS }) as Promise<Grant | null>;
}

/**
 * What a decision changed: whether the application had no access before, which scopes were added and removed,
 * and the homes that it may see.
 */
export type GrantChange = { isNew: boolean; added: string[]; removed: string[]; homes: StoredHomesChange };

type GrantAfter = {
  id: string;
  before: string[] | null;
  after: string[];
  homesBefore: string[] | null;
  homesAfter: string[] | null;
};

/**
 * Adds a decision to the existing grant. The allowed scopes are granted, the refused ones of this request are
 * remembered, and earlier granted scopes stay. The chosen homes replace the earlier ones, and subscriptions to
 * others end. Returns what changed. The account is locked, so that a concurrent decision of the same person in
 * a second tab is safe.
 */
export async function recordConsent(
  accountId: AccountId,
  clientId: ClientId,
  allowed: string[],
  refused: string[],
  homes: ChosenHomes = "all",
): Promise<GrantChange> {
  const id = randomToken();
  const [, rows] = await database().$transaction([
    lockAccount(accountId),
    database().$queryRaw<GrantAfter[]>`
    WITH before AS (SELECT granted_scopes, shared_plants FROM legrand_grant WHERE account_id = ${accountId}::uuid AND client_id = ${clientId}::uuid)
    INSERT INTO legrand_grant AS g (id, account_id, client_id, granted_scopes, rejected_scopes, shared_plants, created_at, updated_at)
    VALUES (${id}, ${accountId}::uuid, ${clientId}::uuid, ${allowed}, ${refused}, ${sharedPlants(accountId, homes)}, ${now()}::timestamptz, ${now()}::timestamptz)
    ON CONFLICT (account_id, client_id) DO UPDATE SET
      granted_scopes = g.granted_scopes || ARRAY(
        SELECT scope FROM unnest(${allowed}::text[]) WITH ORDINALITY AS allowed(scope, position)
        WHERE scope <> ALL(g.granted_scopes) ORDER BY position),
      rejected_scopes = ARRAY(
        SELECT DISTINCT unnest(g.rejected_scopes || ${refused}::text[])
        EXCEPT SELECT unnest(g.granted_scopes || ${allowed}::text[])),
      shared_plants = excluded.shared_plants, updated_at = excluded.updated_at
    RETURNING g.id, g.granted_scopes AS after, (SELECT granted_scopes FROM before) AS before,
      g.shared_plants::text[] AS "homesAfter", (SELECT shared_plants::text[] FROM before) AS "homesBefore"`,
    endSubscriptionsToOtherHomes(accountId, clientId),
  ]);
  return changeOf(rows[0]!, id);
}

/**
 * Replaces the existing grant with a decision. Only the scopes that were allowed are granted (Grant
 * Management for OAuth 2.0, `replace`). Scopes that were refused now or earlier are not asked for again. The
 * homes are replaced as in `recordConsent`. Returns what changed.
 */
export async function replaceConsent(
  accountId: AccountId,
  clientId: ClientId,
  allowed: string[],
  refused: string[],
  homes: ChosenHomes = "all",
): Promise<GrantChange> {
  const id = randomToken();
  const [, rows] = await database().$transaction([
    lockAccount(accountId),
    database().$queryRaw<GrantAfter[]>`
    WITH before AS (SELECT granted_scopes, shared_plants FROM legrand_grant WHERE account_id = ${accountId}::uuid AND client_id = ${clientId}::uuid)
    INSERT INTO legrand_grant AS g (id, account_id, client_id, granted_scopes, rejected_scopes, shared_plants, created_at, updated_at)
    VALUES (${id}, ${accountId}::uuid, ${clientId}::uuid, ${allowed}, ${refused}, ${sharedPlants(accountId, homes)}, ${now()}::timestamptz, ${now()}::timestamptz)
    ON CONFLICT (account_id, client_id) DO UPDATE SET
      granted_scopes = excluded.granted_scopes,
      rejected_scopes = ARRAY(SELECT DISTINCT unnest(g.rejected_scopes || ${refused}::text[]) EXCEPT SELECT unnest(${allowed}::text[])),
      shared_plants = excluded.shared_plants, updated_at = excluded.updated_at
    RETURNING g.id, g.granted_scopes AS after, (SELECT granted_scopes FROM before) AS before,
      g.shared_plants::text[] AS "homesAfter", (SELECT shared_plants::text[] FROM before) AS "homesBefore"`,
    endSubscriptionsToOtherHomes(accountId, clientId),
  ]);
  return changeOf(rows[0]!, id);
}

function changeOf({ id, before, after, homesBefore, homesAfter }: GrantAfter, newId: string): GrantChange {
  const stood = before ?? [];
  return {
    isNew: id === newId,
    added: after.filter((scope) => !stood.includes(scope)),
    removed: stood.filter((scope) => !after.includes(scope)),
    homes: { before: homesBefore, after: homesAfter },
  };
}

/**
 * Removes scopes from a grant permanently: if the application is registered for them again, the person is
 * asked again. Returns the person and the application whose access changed, or null if the grant had none of
 * these scopes. Of two concurrent calls, only one returns them.
 */
export async function withdrawScopes(id: string, scopes: string[]): Promise<RevokedGrant | null> {
  const [changed] = await database().$queryRaw<RevokedGrant[]>`
    WITH changed AS (
      UPDATE legrand_grant SET updated_at = ${now()}::timestamptz,
        granted_scopes = ARRAY(SELECT scope FROM unnest(granted_scopes) WITH ORDINALITY AS granted(scope, position)
          WHERE scope <> ALL(${scopes}::text[]) ORDER BY position)
      WHERE id = ${id} AND granted_scopes && ${scopes}::text[] RETURNING account_id, client_id
    )
    SELECT p.email, jsonb_build_object('name', a.name, 'vendor', a.vendor) AS application
    FROM changed JOIN legrand_account p ON p.id = changed.account_id JOIN legrand_application a ON a.client_id = changed.client_id`;
  return changed ?? null;
}

/**
 * Removes one scope from a grant and records it as refused. The application does not get it again until the
 * person allows it, and a normal sign-in there does not ask them. A request with `prompt=consent` does ask,
 * and so does one for `openid` after `openid` was taken back. Returns true if the scope was granted before,
 * so taking it back twice is harmless.
 */
export async function takeBackScope(id: string, scope: string): Promise<boolean> {
  const taken = await database().$executeRaw`
    UPDATE legrand_grant SET updated_at = ${now()}::timestamptz, granted_scopes = array_remove(granted_scopes, ${scope}),
      rejected_scopes = array_append(array_remove(rejected_scopes, ${scope}), ${scope})
    WHERE id = ${id} AND ${scope} = ANY(granted_scopes)`;
  return taken === 1;
}

/** Records that a token of the grant was used at `at`, unless a use was recorded within the minute before. */
export async function setGrantUse(id: string, at: Date): Promise<void> {
  await database().$executeRaw`SELECT legrand_record_grant_use(${id}, ${at}::timestamptz)`;
}

/** The person and the application whose access was revoked or changed. */
export type RevokedGrant = { email: string; application: { name: string; vendor: string } };

/**
 * Revokes a grant with all its codes and tokens, in one transaction. The grant is deleted first, so a
 * concurrent token request has either committed by then or finds the grant gone. Of two concurrent
 * revocations, one gets what was revoked and the other null.
 */
export async function revokeGrant(id: string): Promise<RevokedGrant | null> {
  const [revoked] = await database().$transaction([
    database().$queryRaw<RevokedGrant[]>`
      WITH gone AS (DELETE FROM legrand_grant WHERE id = ${id} RETURNING account_id, client_id)
      SELECT p.email, jsonb_build_object('name', a.name, 'vendor', a.vendor) AS application
      FROM gone JOIN legrand_account p ON p.id = gone.account_id JOIN legrand_application a ON a.client_id = gone.client_id`,
    database().artifact.deleteMany({ where: { grantId: id } }),
  ]);
  return revoked[0] ?? null;
}

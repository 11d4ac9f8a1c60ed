import "server-only";

import { randomToken } from "#lib/crypto/random-token.ts";
import { database } from "#lib/db/client.ts";

/** What one person allows one application. At most one exists for the pair; every code and token hangs on it. */
export type Grant = { id: string; accountId: string; clientId: string; grantedScopes: string[]; rejectedScopes: string[] };

const FIELDS = { id: true, accountId: true, clientId: true, grantedScopes: true, rejectedScopes: true } as const;

/** The grant of that person for that application, or null. */
export function findGrant(accountId: string, clientId: string): Promise<Grant | null> {
  return database().grant.findUnique({ where: { accountId_clientId: { accountId, clientId } }, select: FIELDS });
}

/** The grant of that identifier, or null after its revocation. */
export function findGrantById(id: string): Promise<Grant | null> {
  return database().grant.findUnique({ where: { id }, select: FIELDS });
}

/**
 * Adds a decision to what stands: the allowed scopes are granted, the refused ones of this request are remembered, and what
 * was granted earlier stays. Safe beside another decision of the same person in a second tab (one statement).
 */
export async function recordConsent(accountId: string, clientId: string, allowed: string[], refused: string[]): Promise<void> {
  await database().$executeRaw`
    INSERT INTO legrand_grant AS g (id, account_id, client_id, granted_scopes, rejected_scopes, updated_at)
    VALUES (${randomToken()}, ${accountId}::uuid, ${clientId}::uuid, ${allowed}, ${refused}, now())
    ON CONFLICT (account_id, client_id) DO UPDATE SET
      granted_scopes = g.granted_scopes || ARRAY(
        SELECT scope FROM unnest(${allowed}::text[]) WITH ORDINALITY AS allowed(scope, position)
        WHERE scope <> ALL(g.granted_scopes) ORDER BY position),
      rejected_scopes = ARRAY(
        SELECT DISTINCT unnest(g.rejected_scopes || ${refused}::text[])
        EXCEPT SELECT unnest(g.granted_scopes || ${allowed}::text[])),
      updated_at = now()`;
}

/** Takes scopes out of a grant, for good: should the application be registered for them again, the person is asked again. */
export async function withdrawScopes(id: string, scopes: string[]): Promise<void> {
  await database().$executeRaw`
    UPDATE legrand_grant SET updated_at = now(),
      granted_scopes = ARRAY(SELECT scope FROM unnest(granted_scopes) WITH ORDINALITY AS granted(scope, position)
        WHERE scope <> ALL(${scopes}::text[]) ORDER BY position)
    WHERE id = ${id}`;
}

/** Takes a grant back with every code and token that hangs on it, at once and together. */
export async function revokeGrant(id: string): Promise<void> {
  await database().$transaction([
    database().grant.deleteMany({ where: { id } }),
    database().artifact.deleteMany({ where: { grantId: id } }),
  ]);
}

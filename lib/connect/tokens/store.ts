import "server-only";

import { recordEvent, recordRefresh } from "#lib/connect/linked-accounts/events/store.ts";
import type { LinkedAccountEvent } from "#lib/connect/linked-accounts/events/linked-account-event.ts";
import type { TokenOwner } from "#lib/connect/sealed-tokens/seal-token.ts";
import type { SignedInUser } from "#lib/connect/signed-in-user.ts";
import { database } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { isUuid } from "#lib/is-uuid.ts";

const TOKENS = {
  id: true,
  provider: true,
  providerAccountId: true,
  state: true,
  reconnectReason: true,
  accessToken: true,
  refreshToken: true,
  accessTokenExpiresAt: true,
  refreshTokenExpiresAt: true,
  refreshTokenFinal: true,
  renewedAt: true,
  grantedScopes: true,
  withdrawnScopes: true,
  tokenVersion: true,
  refreshLeaseUntil: true,
  trouble: true,
  failedAttempts: true,
  retryAt: true,
} as const;

/** The tokens of a linked account, sealed, and what is known about them. */
export type StoredTokens = NonNullable<Awaited<ReturnType<typeof findStoredTokens>>>;

/** The row of a linked account, or null. */
export function findStoredTokens(id: string) {
  return database().account.findUnique({ where: { id }, select: TOKENS });
}

/**
 * Whether that account at Legrand is a connected one here, whoever's and in whichever row: a user who was
 * deleted comes back with another.
 */
export async function isConnected({ provider, providerAccountId }: TokenOwner): Promise<boolean> {
  return (
    (await database().account.count({
      where: { provider, providerAccountId, state: { not: "disconnected" } },
    })) > 0
  );
}

/**
 * Claims the refresh of these tokens until then, in one statement: of all processes one gets it, and only
 * while nothing has happened since it looked. Returns the row as it is now, with the lease, or null.
 */
export async function claimRefresh(
  seen: StoredTokens,
  at: Date,
  leaseUntil: Date,
): Promise<StoredTokens | null> {
  const { id, tokenVersion, failedAttempts } = seen;
  const rows = await database().account.updateManyAndReturn({
    where: {
      id,
      tokenVersion,
      failedAttempts,
      state: { not: "disconnected" },
      refreshToken: { not: null },
      OR: [{ refreshLeaseUntil: null }, { refreshLeaseUntil: { lte: at } }],
    },
    data: { refreshLeaseUntil: leaseUntil },
    select: TOKENS,
  });
  return rows[0] ?? null;
}

/** Columns that a refresh changes. */
export type TokenChange = Pick<
  Prisma.AccountUncheckedUpdateManyInput,
  | "accessToken"
  | "refreshToken"
  | "tokenType"
  | "accessTokenExpiresAt"
  | "refreshTokenExpiresAt"
  | "refreshTokenFinal"
  | "refreshedAt"
  | "trouble"
  | "failedAttempts"
  | "retryAt"
  | "scopesKnownAt"
> & {
  state?: "connected" | "reconnect_needed";
  reconnectReason?: StoredTokens["reconnectReason"];
  grantedScopes?: string[];
  withdrawnScopes?: string[];
};

/**
 * Stores what came of a refresh and gives the lease back, if the tokens are still those that were claimed:
 * neither renewed by somebody else nor disconnected meanwhile. `isTheirs` asks in addition that nobody took
 * the lease over. An entry of the history is written with it; "refreshed": nothing else is to be said.
 * Returns whether it was stored.
 */
export async function settleRefresh(
  claim: StoredTokens,
  change: TokenChange,
  {
    isNewVersion,
    isTheirs,
    event,
  }: { isNewVersion: boolean; isTheirs: boolean; event: LinkedAccountEvent | "refreshed" | null },
): Promise<boolean> {
  return database().$transaction(async (transaction) => {
    const { count } = await transaction.account.updateMany({
      where: {
        id: claim.id,
        tokenVersion: claim.tokenVersion,
        state: { not: "disconnected" },
        ...(isTheirs ? { refreshLeaseUntil: claim.refreshLeaseUntil } : {}),
      },
      data: {
        ...change,
        refreshLeaseUntil: null,
        ...(isNewVersion ? { tokenVersion: { increment: 1 } } : {}),
      },
    });
    if (count === 0) return false;
    if (event === "refreshed") await recordRefresh(claim.id, transaction);
    else if (event) await recordEvent(claim.id, event, transaction);
    return true;
  });
}

/**
 * The API refused a call for want of a scope (403, `insufficient_scope`, RFC 6750 §3.1) that this account was
 * believed to have granted: it is "reconnect needed, scope withdrawn" from now on, with an entry in its
 * history. The tokens stay: they work for the other scopes. Returns whether that was news; of several who
 * notice it one notes it.
 */
export async function noteWithdrawnScope(id: string, scope: string): Promise<boolean> {
  return database().$transaction(async (transaction) => {
    const rows = await transaction.$queryRaw<{ id: string }[]>`
      UPDATE connect_account SET granted_scopes = array_remove(granted_scopes, ${scope}),
        withdrawn_scopes = array_append(array_remove(withdrawn_scopes, ${scope}), ${scope}), state = 'reconnect_needed', reconnect_reason = 'scope_withdrawn'
      WHERE id = ${id}::uuid AND state <> 'disconnected' AND ${scope} = ANY (granted_scopes) RETURNING id`;
    if (rows.length)
      await recordEvent(
        id,
        { what: "scopes_withdrawn", by: "legrand", detail: { added: [], removed: [scope] } },
        transaction,
      );
    return rows.length > 0;
  });
}

/**
 * An account whose refresh token ends soon is renewed once in that time: a server whose tokens always end
 * soon would be asked at each sweep.
 */
const SPACING_SECONDS = 60 * 60;

/**
 * Accounts whose refresh is due at that moment: interrupted, failed and due again, or with a refresh token
 * that ends before
 * `endsBefore` and can be extended, or has ended; the most urgent first, and last those whose key is gone (the last reason of the
 * enumeration): they stay due, and however many they are the others get their turn. An account whose refresh
 * lease is held is not due.
 */
export function listDueRefreshes(
  at: Date,
  endsBefore: Date,
  limit: number,
): Promise<{ id: string; tokenVersion: number }[]> {
  return database().account.findMany({
    where: {
      state: { not: "disconnected" },
      refreshToken: { not: null },
      AND: [
        { OR: [{ refreshLeaseUntil: null }, { refreshLeaseUntil: { lte: at } }] },
        { OR: [{ retryAt: null }, { retryAt: { lte: at } }] },
        // Each of the three has an index: what is not due is not looked at.
        {
          OR: [
            { refreshLeaseUntil: { lte: at } },
            { retryAt: { lte: at } },
            {
              AND: [
                {
                  OR: [
                    { refreshTokenFinal: false, refreshTokenExpiresAt: { lte: endsBefore } },
                    { refreshTokenFinal: true, refreshTokenExpiresAt: { lte: at } },
                  ],
                },
                {
                  OR: [
                    { refreshedAt: null },
                    { refreshedAt: { lte: new Date(at.getTime() - SPACING_SECONDS * 1000) } },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
    select: { id: true, tokenVersion: true },
    take: limit,
    orderBy: [
      { refreshLeaseUntil: { sort: "asc", nulls: "last" } },
      { reconnectReason: { sort: "asc", nulls: "first" } },
      { refreshTokenExpiresAt: "asc" },
    ],
  });
}

/**
 * Ends the leases of a process that is gone; an interrupted refresh is recognised by a lease that is over.
 */
export async function endDeadLeases(at: Date): Promise<void> {
  await database().account.updateMany({
    where: { refreshLeaseUntil: { gt: at } },
    data: { refreshLeaseUntil: at },
  });
}

/** The id of a linked account, as a form sent it, or null when this user has none of that id. */
export async function findOwnId({ userId }: SignedInUser, sent: string | null): Promise<string | null> {
  const row = isUuid(sent)
    ? await database().account.findFirst({ where: { id: sent, userId }, select: { id: true } })
    : null;
  return row?.id ?? null;
}

/**
 * The withdrawn scopes of one of this user's accounts are withdrawn for good: it is connected without them.
 * Nothing else is touched.
 */
export async function acceptWithdrawnScopes(user: SignedInUser, id: string): Promise<void> {
  await database().account.updateMany({
    where: { id, userId: user.userId, state: "reconnect_needed", reconnectReason: "scope_withdrawn" },
    data: { state: "connected", reconnectReason: null, withdrawnScopes: [] },
  });
}

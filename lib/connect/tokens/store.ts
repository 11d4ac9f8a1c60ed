import "server-only";

import { recordEvent, recordRefresh } from "#lib/connect/account-events/store.ts";
import type { LinkedAccountEvent } from "#lib/connect/account-events/linked-account-event.ts";
import type { TokenOwner } from "#lib/connect/sealed-tokens/seal-token.ts";
import type { SignedInUser } from "#lib/connect/users/signed-in-user.ts";
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

/** The encrypted tokens of a linked account, and what is known about them. */
export type StoredTokens = NonNullable<Awaited<ReturnType<typeof findStoredTokens>>>;

/**
 * Returns the row of a linked account, or null. Takes no proof, because background jobs refresh tokens without
 * a person; the callers of `getAccessToken` have one.
 */
export function findStoredTokens(id: string) {
  return database().account.findUnique({ where: { id }, select: TOKENS });
}

/**
 * True if any user has a connected row for this Legrand account. All users are checked, because a person who
 * deletes their user and reconnects gets a new row. Takes no proof, because it decides about tokens that
 * arrive in the background.
 */
export async function isConnected({ provider, providerAccountId }: TokenOwner): Promise<boolean> {
  return (
    (await database().account.count({
      where: { provider, providerAccountId, state: { not: "disconnected" } },
    })) > 0
  );
}

/**
 * Claims the refresh of these tokens until `leaseUntil`, as a compare-and-swap in one statement. Only one
 * process gets the lease, and only if the row has not changed since `seen` was read. Returns the current row
 * with the lease, or null.
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
 * Stores the result of a refresh and releases the lease. Does so only if the tokens are still those that were
 * claimed, that is, neither renewed by another process nor disconnected. `isTheirs` also requires that no
 * other process took over the lease. Writes the history entry in the same transaction; "refreshed" means that
 * there is nothing else to report. Returns true if the result was stored.
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
 * Notes a scope that was believed to be granted and that the API refused (403, `insufficient_scope`, RFC 6750
 * §3.1). The account becomes "reconnect needed, scope withdrawn", with an entry in its history. The tokens
 * stay, because they work for the other scopes. Returns true if this was new; of several concurrent callers,
 * only one writes it.
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
 * Shortest time between two renewals of an account whose refresh token expires soon. Without it, a server
 * whose refresh tokens always expire soon would be asked in every sweep.
 */
const SPACING_SECONDS = 60 * 60;

/**
 * Lists accounts whose refresh is due at `at`, the most urgent first. A refresh is due in these cases:
 *
 * - It was interrupted.
 * - It failed, and the next attempt is due.
 * - The refresh token expires before `endsBefore` and can be extended, or it has expired.
 *
 * Accounts whose key is gone come last (the last reason of the enumeration): they stay due, and however many
 * there are, the others get their turn. An account whose refresh lease is held is not due. Takes no proof,
 * because only background jobs call it.
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
        // Each of the three conditions has an index, so rows that are not due are not read.
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

/** Ends the leases of a process that is gone. An expired lease marks a refresh as interrupted. */
export async function endDeadLeases(at: Date): Promise<void> {
  await database().account.updateMany({
    where: { refreshLeaseUntil: { gt: at } },
    data: { refreshLeaseUntil: at },
  });
}

/**
 * Returns the id of a linked account that a form sent. Returns null if the user has no account with this id.
 */
export async function findOwnId({ userId }: SignedInUser, sent: string | null): Promise<string | null> {
  const row = isUuid(sent)
    ? await database().account.findFirst({ where: { id: sent, userId }, select: { id: true } })
    : null;
  return row?.id ?? null;
}

/**
 * Removes the withdrawn scopes of one of the user's accounts for good: it is connected without them. Changes
 * nothing else.
 */
export async function acceptWithdrawnScopes(user: SignedInUser, id: string): Promise<void> {
  await database().account.updateMany({
    where: { id, userId: user.userId, state: "reconnect_needed", reconnectReason: "scope_withdrawn" },
    data: { state: "connected", reconnectReason: null, withdrawnScopes: [] },
  });
}

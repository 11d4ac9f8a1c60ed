import "server-only";

import { now, secondsFromNow } from "#lib/clock.ts";
import { recordEvent } from "#lib/connect/account-events/store.ts";
import { compareScopes } from "#lib/connect/tokens/compare-scopes.ts";
import { database } from "#lib/db/client.ts";
import type { LinkedAccountState, ReconnectReason } from "#lib/db/generated/enums.ts";

/** Shortest time between two questions to Legrand about the scopes of one account, across all processes. */
const INTERVAL_SECONDS = 5 * 60;

/**
 * Claims the check of an account's scopes. Returns false if Legrand named them, or was asked, within the last
 * five minutes.
 */
export async function claimScopeCheck(id: string): Promise<boolean> {
  const before = secondsFromNow(-INTERVAL_SECONDS);
  const { count } = await database().account.updateMany({
    where: {
      id,
      state: { not: "disconnected" },
      AND: [
        { OR: [{ scopesKnownAt: null }, { scopesKnownAt: { lte: before } }] },
        { OR: [{ scopesAskedAt: null }, { scopesAskedAt: { lte: before } }] },
      ],
    },
    data: { scopesAskedAt: now() },
  });
  return count > 0;
}

type Row = {
  grantedScopes: string[];
  withdrawnScopes: string[];
  state: LinkedAccountState;
  reconnectReason: ReconnectReason | null;
};

/**
 * Stores the scopes that Legrand says are granted to tokens of this version. If scopes are gone, the account
 * becomes "reconnect needed, scope withdrawn"; if they are back, that state ends. Stores nothing if the
 * account was renewed or disconnected in the meantime, because the answer is about other tokens. Returns true
 * if the answer was stored.
 */
export async function recordGrantedScopes(
  id: string,
  tokenVersion: number,
  said: string[],
): Promise<boolean> {
  return database().$transaction(async (transaction) => {
    const [row] = await transaction.$queryRaw<Row[]>`
      SELECT granted_scopes AS "grantedScopes", withdrawn_scopes AS "withdrawnScopes", state::text, reconnect_reason::text AS "reconnectReason"
      FROM connect_account WHERE id = ${id}::uuid AND token_version = ${tokenVersion}::int AND state <> 'disconnected' FOR UPDATE`;
    if (!row) return false;
    const { granted, withdrawn, added, removed } = compareScopes(row, said);
    const isChanged = added.length > 0 || removed.length > 0;
    await transaction.account.update({
      where: { id },
      data: {
        scopesKnownAt: now(),
        ...(isChanged
          ? { grantedScopes: granted, withdrawnScopes: withdrawn, ...stateOf(row, withdrawn) }
          : {}),
      },
    });
    if (isChanged)
      await recordEvent(
        id,
        {
          what: removed.length ? "scopes_withdrawn" : "permissions_changed",
          by: "legrand",
          detail: { added, removed },
        },
        transaction,
      );
    return true;
  });
}

/**
 * Returns the state columns for these withdrawn scopes. A lost key or an expired client secret stays the
 * reason, because the user needs to know that first.
 */
function stateOf({ reconnectReason }: Row, withdrawn: string[]) {
  if (reconnectReason !== null && reconnectReason !== "scope_withdrawn") return {};
  return withdrawn.length
    ? { state: "reconnect_needed" as const, reconnectReason: "scope_withdrawn" as const }
    : { state: "connected" as const, reconnectReason: null };
}

/**
 * Records that a scope which counted as granted was refused by the API (403, `insufficient_scope`, RFC 6750
 * §3.1). The account becomes "reconnect needed, scope withdrawn", with an entry in its history. The tokens
 * stay, because they work for the other scopes. Returns true if this was new; of several concurrent callers,
 * only one writes it.
 */
export async function recordWithdrawnScope(id: string, scope: string): Promise<boolean> {
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

import { now } from "#lib/clock.ts";
import type { AdminUser } from "#lib/connect/users/admin-user.ts";
import type { AccountFilter } from "#lib/connect/admin/accounts/filter-schema.ts";
import { isStateOnly, roundEstimate, type AccountCount } from "#lib/connect/admin/accounts/filter.store.ts";
import {
  formatCursor,
  type ListRequest,
  type Position,
  type Sort,
} from "#lib/connect/admin/accounts/list-schema.ts";
import { describeListed, type AccountOnPage } from "#lib/connect/admin/accounts/listed-account.ts";
import { listAccounts, type ListedPage, type ListedRow } from "#lib/connect/admin/accounts/list.store.ts";
import { shortenIds } from "#lib/connect/admin/accounts/shorten-ids.ts";
import { countMatchingStates, type CountsByState } from "#lib/connect/admin/accounts/state-counts.store.ts";
import { SHOWN_STATES } from "#lib/connect/linked-accounts/state-constants.ts";

/**
 * A page of the list. `next` and `previous` are the cursors of the adjacent pages, or null at an end. `total`
 * is the number of all matches. `counts` says how many accounts would match with each state, whichever state
 * the filter names, and `all` is their sum.
 */
export type ListView = {
  accounts: AccountOnPage[];
  counts: CountsByState;
  all: AccountCount;
  total: AccountCount;
  next: string | null;
  previous: string | null;
  at: Date;
};

/**
 * Returns the requested page of the list. Returns null if finding it took too long and a narrower filter is
 * needed.
 */
export async function viewList(admin: AdminUser, request: ListRequest): Promise<ListView | null> {
  const at = now();
  const page = await listAccounts(admin, request, at);
  if (!page) return null;
  const counts = await countMatchingStates(admin, request.filter, at);
  const all = sumOf(request.filter, counts);
  const total = knownTotal(request, page) ?? (request.filter.state ? counts[request.filter.state] : all);
  const shortIds = shortenIds(page.rows.map(({ providerAccountId }) => providerAccountId));
  return {
    accounts: page.rows.map((row) => ({
      ...describeListed(row, at),
      shortId: shortIds.get(row.providerAccountId)!,
    })),
    counts,
    all,
    total,
    ...cursorsOf(request, page),
    at,
  };
}

/**
 * Returns the exact total if reading the page revealed it: all matches were found, or there is only this
 * page.
 */
function knownTotal({ from }: ListRequest, { rows, hasMore, total }: ListedPage): AccountCount | null {
  const exact = total ?? (from === null && !hasMore ? rows.length : null);
  return exact === null ? null : { amount: exact, isExact: true, isAtLeast: false };
}

/**
 * Adds up all states. Accounts that are missing from "connected" are in "expires soon", so the sum of stored
 * totals is exact.
 */
function sumOf(filter: AccountFilter, counts: CountsByState): AccountCount {
  const each = SHOWN_STATES.map((state) => counts[state]);
  const amount = each.reduce((sum, count) => sum + count.amount, 0);
  const isExact = isStateOnly(filter) || each.every((count) => count.isExact);
  return { amount: isExact ? amount : roundEstimate(amount), isExact, isAtLeast: false };
}

function cursorsOf(
  { sort, from }: ListRequest,
  { rows, hasMore }: ListedPage,
): Pick<ListView, "next" | "previous"> {
  const cursorAt = (row: ListedRow | undefined) => (row ? formatCursor(sort, positionOf(sort, row)) : null);
  const isBackwards = from?.towards === "before";
  return {
    next: isBackwards || hasMore ? cursorAt(rows.at(-1)) : null,
    previous: (isBackwards ? hasMore : from !== null) ? cursorAt(rows[0]) : null,
  };
}

const VALUES: Record<Sort, (row: ListedRow) => Position["values"]> = {
  person: (row) => [row.listedName],
  email: (row) => [row.listedEmail],
  legrand_id: (row) => [row.providerAccountId],
  scopes: (row) => [row.scopeCount],
  state: (row) => [row.listedState, row.connectedAt.toISOString()],
  connected: (row) => [row.connectedAt.toISOString()],
  refreshed: (row) => [row.renewedAt.toISOString()],
  access_ends: (row) => [row.accessEndsAt.toISOString()],
};

/** Returns the cursor of a row in this sort order. */
export function positionOf(sort: Sort, row: ListedRow): Position {
  return { values: VALUES[sort](row), id: row.id };
}

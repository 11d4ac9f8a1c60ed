import "server-only";

import type { AccountFilter } from "#lib/connect/admin/accounts/filter-schema.ts";
import {
  countStates,
  expectAccounts,
  filterSql,
  isStateOnly,
  roundEstimate,
  soonSql,
  type AccountCount,
} from "#lib/connect/admin/accounts/filter.store.ts";
import { SHOWN_STATES, type ShownState } from "#lib/connect/linked-accounts/state-constants.ts";
import type { AdminUser } from "#lib/connect/users/admin-user.ts";
import { database, type Transaction } from "#lib/db/client.ts";
import { isStatementTimeout } from "#lib/db/is-statement-timeout.ts";

/** The number of linked accounts in each state. */
export type CountsByState = Record<ShownState, AccountCount>;

/** Up to this many matches are counted. Above it the planner's estimate is enough. */
const COUNTED_LIMIT = 10_000;
/**
 * A count that takes longer is replaced by an estimate. Showing the page matters more than exact numbers
 * above it.
 */
const STATEMENT_TIMEOUT_MS = 1_000;

/**
 * Counts the accounts that each state of this filter would list, whichever state the filter names. Exact if
 * nothing else is filtered (stored totals) or if few match; otherwise the planner's estimate, rounded.
 */
export async function countMatchingStates(
  admin: AdminUser,
  filter: AccountFilter,
  at: Date,
): Promise<CountsByState> {
  if (isStateOnly(filter)) return countStates(admin, at);
  const anyState = { ...filter, state: null };
  return (await countFew(admin, anyState, at)) ?? (await estimateStates(admin, anyState, at));
}

/** Counts the matches exactly. Returns null if there are too many, or if finding them takes too long. */
async function countFew(admin: AdminUser, filter: AccountFilter, at: Date): Promise<CountsByState | null> {
  try {
    return await database().$transaction((transaction) => countWithin(transaction, admin, filter, at), {
      timeout: 4 * STATEMENT_TIMEOUT_MS,
    });
  } catch (error) {
    if (isStatementTimeout(error)) return null;
    throw error;
  }
}

async function countWithin(
  transaction: Transaction,
  admin: AdminUser,
  filter: AccountFilter,
  at: Date,
): Promise<CountsByState | null> {
  await transaction.$queryRaw`SELECT set_config('statement_timeout', ${String(STATEMENT_TIMEOUT_MS)}, true), set_config('enable_seqscan', 'off', true),
    set_config('jit', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)`;
  const [expected] = await expectAccounts(admin, [filter], at, transaction);
  // The planner's estimates for a search are often several times too high.
  if (expected! > 4 * COUNTED_LIMIT) return null;
  const found = await transaction.$queryRaw<{ state: ShownState; amount: number }[]>`
    SELECT state, count(*)::int AS amount FROM (
      SELECT CASE WHEN a.listed_state = 'connected' AND ${soonSql(at)} THEN 'expires_soon' ELSE a.listed_state END AS state
      FROM connect_account a WHERE ${filterSql(filter, at)} LIMIT ${COUNTED_LIMIT + 1}) AS matching GROUP BY state`;
  const amounts = new Map(found.map(({ state, amount }) => [state, amount]));
  if ([...amounts.values()].reduce((sum, amount) => sum + amount, 0) > COUNTED_LIMIT) return null;
  return countsOf((state) => ({ amount: amounts.get(state) ?? 0, isExact: true, isAtLeast: false }));
}

async function estimateStates(admin: AdminUser, filter: AccountFilter, at: Date): Promise<CountsByState> {
  const expected = await expectAccounts(
    admin,
    SHOWN_STATES.map((state) => ({ ...filter, state })),
    at,
  );
  return countsOf((_state, index) => ({
    amount: roundEstimate(expected[index]!),
    isExact: false,
    isAtLeast: false,
  }));
}

function countsOf(countOf: (state: ShownState, index: number) => AccountCount): CountsByState {
  return Object.fromEntries(
    SHOWN_STATES.map((state, index) => [state, countOf(state, index)]),
  ) as CountsByState;
}

import "server-only";

import { filterQuery, isPart, type AccountFilter } from "#lib/connect/admin/accounts/filter-schema.ts";
import { expectRows } from "#lib/connect/admin/planner.store.ts";
import { SOON_MS } from "#lib/connect/linked-accounts/describe-state.ts";
import { SHOWN_STATES, type ShownState } from "#lib/connect/linked-accounts/state-constants.ts";
import type { AdminUser } from "#lib/connect/users/admin-user.ts";
import { database, type Transaction } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { keyBeginsWith, spellingContains } from "#lib/db/search-sql.ts";

/**
 * The states that the database computes. "Expires soon" depends on the current time, so it is stored as
 * connected.
 */
export const STORED_STATES = ["connected", "unavailable", "reconnect_needed", "disconnected"] as const;
/** A state as it is stored. */
export type StoredState = (typeof STORED_STATES)[number];

/** A number of linked accounts. If it is not exact, it is an estimate, or a lower bound (`isAtLeast`). */
export type AccountCount = { amount: number; isExact: boolean; isAtLeast: boolean };

const DAY_MS = 24 * 60 * 60 * 1000;
/**
 * "Expires soon" is counted up to this number. An administrator would not act differently on a larger one.
 */
const SOON_LIMIT = 10_000;

/** Returns the stored states that a filter can match. */
export function storedStates({ state }: Pick<AccountFilter, "state">): readonly StoredState[] {
  return state === null ? STORED_STATES : [state === "expires_soon" ? "connected" : state];
}

/**
 * Returns the condition for rows of connect_account, called `a`, that match the filter at `at`. Each part can
 * use an index. For that reason the stored states are listed even if all of them match, wherever an index
 * begins with the state.
 */
export function filterSql(filter: AccountFilter, at: Date): Prisma.Sql {
  const { q, state, scope, connectedFrom, connectedTo, notRefreshedSince } = filter;
  const needsState = state !== null || connectedFrom || connectedTo || notRefreshedSince || (q && !isPart(q));
  return Prisma.join(
    [
      Prisma.sql`TRUE`,
      ...(needsState ? [Prisma.sql`a.listed_state IN (${Prisma.join([...storedStates(filter)])})`] : []),
      ...(state === "expires_soon"
        ? [soonSql(at)]
        : state === "connected"
          ? [Prisma.sql`NOT ${soonSql(at)}`]
          : []),
      ...(q ? [searchSql(q)] : []),
      ...(scope ? [Prisma.sql`a.granted_scopes @> ARRAY[${scope}]::text[]`] : []),
      ...(connectedFrom ? [Prisma.sql`a.connected_at >= ${connectedFrom}`] : []),
      ...(connectedTo ? [Prisma.sql`a.connected_at < ${new Date(connectedTo.getTime() + DAY_MS)}`] : []),
      ...(notRefreshedSince ? [Prisma.sql`a.renewed_at < ${notRefreshedSince}`] : []),
    ],
    " AND ",
  );
}

/**
 * The condition of `describeState` for "expires soon": a refresh token that ends within a week. The first
 * half is indexed, and is equivalent if there is such a token.
 */
export function soonSql(at: Date): Prisma.Sql {
  return Prisma.sql`(a.access_ends_at < ${new Date(at.getTime() + SOON_MS)} AND a.refresh_token_expires_at IS NOT NULL)`;
}

/**
 * Searches anywhere in the name, the e-mail address and the Legrand id. A very short search (`isPart`)
 * matches only beginnings.
 */
function searchSql(q: string): Prisma.Sql {
  if (isPart(q)) return spellingContains(Prisma.sql`a.search_text`, q);
  const id = Prisma.join(
    idBeginnings(q).map((pattern) => Prisma.sql`a.provider_account_id LIKE ${pattern}`),
    " OR ",
  );
  return Prisma.sql`(${keyBeginsWith(Prisma.sql`a.listed_name`, q)} OR ${keyBeginsWith(Prisma.sql`a.listed_email`, q)} OR (a.provider = 'legrand' AND (${id})))`;
}

/**
 * Returns LIKE patterns for Legrand ids that begin with a very short search. They cover each combination of
 * upper and lower case. Ids are stored as Legrand sends them, in ASCII (OpenID Connect Core §2, `sub`), and
 * only their own index can find a prefix of one or two letters.
 */
function idBeginnings(q: string): string[] {
  // At most two characters are letters from A to Z, or `isPart` would be true. Other characters have no other
  // case in ASCII.
  const cases = [...q].map((letter) =>
    /[a-z]/i.test(letter) ? [letter.toLowerCase(), letter.toUpperCase()] : [letter],
  );
  const beginnings = cases.reduce<string[]>(
    (all, each) => all.flatMap((beginning) => each.map((letter) => beginning + letter)),
    [""],
  );
  return beginnings.map((beginning) => `${beginning.replace(/[\\%_]/g, "\\$&")}%`);
}

/**
 * Counts the linked accounts in each state at `at`, from stored totals. "Expires soon" is counted, up to
 * `SOON_LIMIT`.
 */
export async function countStates(_admin: AdminUser, at: Date): Promise<Record<ShownState, AccountCount>> {
  const [row] = await database().$queryRaw<{ totals: Record<string, number> | null; soon: number }[]>`
    SELECT (SELECT json_object_agg(key, total) FROM (SELECT key, sum(amount) AS total FROM connect_tally WHERE name = 'listed' GROUP BY key) AS listed) AS totals,
      (SELECT count(*)::int FROM (SELECT 1 FROM connect_account a WHERE a.listed_state = 'connected' AND ${soonSql(at)} LIMIT ${SOON_LIMIT + 1}) AS soon) AS soon`;
  const { totals, soon } = row!;
  const isAtLeast = soon > SOON_LIMIT;
  // An account that changes at this moment may be in only one of the two numbers.
  const exactly = (amount: number): AccountCount => ({
    amount: Math.max(0, amount),
    isExact: true,
    isAtLeast: false,
  });
  const counts = Object.fromEntries(
    SHOWN_STATES.map((state) => [state, exactly(totals?.[state] ?? 0)]),
  ) as Record<ShownState, AccountCount>;
  const connected = exactly(counts.connected.amount - Math.min(soon, SOON_LIMIT));
  return {
    ...counts,
    expires_soon: { amount: Math.min(soon, SOON_LIMIT), isExact: !isAtLeast, isAtLeast },
    connected: { ...connected, isExact: !isAtLeast },
  };
}

/**
 * Estimates how many linked accounts match the filter, without counting them. Uses the stored totals if the
 * filter names at most a state, and otherwise the rounded estimate of the database's planner. `counts` is the
 * result of `countStates` if the caller already has it.
 */
export async function estimateCount(
  admin: AdminUser,
  filter: AccountFilter,
  at: Date,
  counts?: Record<ShownState, AccountCount>,
): Promise<AccountCount> {
  if (isStateOnly(filter)) return keptCount(filter.state, counts ?? (await countStates(admin, at)));
  const [expected] = await expectAccounts(admin, [filter], at);
  return { amount: roundEstimate(expected!), isExact: false, isAtLeast: false };
}

/** True if the filter names at most a state. For such filters totals are stored. */
export function isStateOnly(filter: AccountFilter): boolean {
  return [...filterQuery(filter).keys()].every((name) => name === "state");
}

function keptCount(state: ShownState | null, counts: Record<ShownState, AccountCount>): AccountCount {
  if (state) return counts[state];
  return {
    amount: SHOWN_STATES.reduce((sum, each) => sum + counts[each].amount, 0),
    isExact: true,
    isAtLeast: false,
  };
}

/** Estimates how many linked accounts match each of these filters. */
export function expectAccounts(
  admin: AdminUser,
  filters: readonly AccountFilter[],
  at: Date,
  client?: Transaction,
): Promise<number[]> {
  return expectRows(
    admin,
    filters.map((filter) => Prisma.sql`FROM connect_account a WHERE ${filterSql(filter, at)}`),
    client,
  );
}

/** Rounds to two significant digits, because the planner's estimate is not more precise. */
export function roundEstimate(amount: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, amount))) - 1);
  return Math.round(amount / step) * step;
}

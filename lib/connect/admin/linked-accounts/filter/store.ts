import "server-only";

import { filterQuery, isPart, type AccountFilter } from "#lib/connect/admin/linked-accounts/filter-schema.ts";
import { expectRows } from "#lib/connect/admin/planner/store.ts";
import { SOON_MS } from "#lib/connect/linked-accounts/describe-state.ts";
import { SHOWN_STATES, type ShownState } from "#lib/connect/linked-accounts/state-constants.ts";
import { database, type Transaction } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { keyBeginsWith, spellingContains } from "#lib/db/search-sql.ts";

/**
 * The states that the database computes; "expires soon" is a matter of the moment, and stands in it as
 * connected.
 */
export const STORED_STATES = ["connected", "unavailable", "reconnect_needed", "disconnected"] as const;
/** A state as it is stored. */
export type StoredState = (typeof STORED_STATES)[number];

/**
 * A number of linked accounts; one that is not exact is about as many, or (`isAtLeast`) that many or more.
 */
export type AccountCount = { amount: number; isExact: boolean; isAtLeast: boolean };

const DAY_MS = 24 * 60 * 60 * 1000;
/**
 * "Expires soon" is counted as far as that: further, the number tells nothing that a person would act upon.
 */
const SOON_LIMIT = 10_000;

/** The stored states that a filter can match. */
export function storedStates({ state }: Pick<AccountFilter, "state">): readonly StoredState[] {
  return state === null ? STORED_STATES : [state === "expires_soon" ? "connected" : state];
}

/**
 * The condition that a row of connect_account, called `a`, is in the filter at that moment. Each part is such
 * that an index finds it: that is why the stored states are named where an index begins with them, even if
 * every one will do.
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
 * As `describeState` has it: a refresh token that ends within a week. The first half is in an index, and says
 * the same where there is such a token.
 */
export function soonSql(at: Date): Prisma.Sql {
  return Prisma.sql`(a.access_ends_at < ${new Date(at.getTime() + SOON_MS)} AND a.refresh_token_expires_at IS NOT NULL)`;
}

/**
 * Anywhere in the name, the address and the Legrand id; of a very short search (`isPart`) what begins with
 * it.
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
 * The patterns of the Legrand ids that begin with a very short search, in each combination of cases. Ids are
 * stored as Legrand sends them, in ASCII (OpenID Connect Core §2, `sub`), and only their own index finds a
 * beginning of one or two letters.
 */
function idBeginnings(q: string): string[] {
  // At most two of them are letters of A to Z, or `isPart` would be true. Others have no other case in ASCII.
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
 * How many linked accounts are in each state at that moment: numbers that are kept, and "expires soon"
 * counted as far as `SOON_LIMIT`.
 */
export async function countStates(at: Date): Promise<Record<ShownState, AccountCount>> {
  const [row] = await database().$queryRaw<{ totals: Record<string, number> | null; soon: number }[]>`
    SELECT (SELECT json_object_agg(key, total) FROM (SELECT key, sum(amount) AS total FROM connect_tally WHERE name = 'listed' GROUP BY key) AS listed) AS totals,
      (SELECT count(*)::int FROM (SELECT 1 FROM connect_account a WHERE a.listed_state = 'connected' AND ${soonSql(at)} LIMIT ${SOON_LIMIT + 1}) AS soon) AS soon`;
  const { totals, soon } = row!;
  const isAtLeast = soon > SOON_LIMIT;
  // An account that changes in this instant may be in one of the two numbers only.
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
 * How many linked accounts are in the filter, without counting them: from the numbers that are kept, where at
 * most a state is asked for; else what the database's planner expects, rounded. `counts`: what `countStates`
 * said, where it was asked already.
 */
export async function estimateCount(
  filter: AccountFilter,
  at: Date,
  counts?: Record<ShownState, AccountCount>,
): Promise<AccountCount> {
  if (isStateOnly(filter)) return keptCount(filter.state, counts ?? (await countStates(at)));
  const [expected] = await expectAccounts([filter], at);
  return { amount: roundEstimate(expected!), isExact: false, isAtLeast: false };
}

/** Whether at most a state is asked for: such numbers are kept. */
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

/** About how many linked accounts are in each of these filters. */
export function expectAccounts(
  filters: readonly AccountFilter[],
  at: Date,
  client?: Transaction,
): Promise<number[]> {
  return expectRows(
    filters.map((filter) => Prisma.sql`FROM connect_account a WHERE ${filterSql(filter, at)}`),
    client,
  );
}

/** Two digits: the planner knows no more. */
export function roundEstimate(amount: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, amount))) - 1);
  return Math.round(amount / step) * step;
}

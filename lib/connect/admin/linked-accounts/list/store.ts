import "server-only";

import type { AdminUser } from "#lib/connect/admin/admin-user.ts";
import {
  expectAccounts,
  filterSql,
  type StoredState,
} from "#lib/connect/admin/linked-accounts/filter/store.ts";
import { NO_FILTER } from "#lib/connect/admin/linked-accounts/filter-schema.ts";
import type { ListRequest } from "#lib/connect/admin/linked-accounts/list/list-schema.ts";
import {
  beyondSql,
  COLUMNS,
  isReversed,
  orderSql,
  piecesSql,
  rangeSql,
} from "#lib/connect/admin/linked-accounts/list/order/store.ts";
import type { DescribableAccount } from "#lib/connect/linked-accounts/describe-state.ts";
import { database, type Transaction } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { isStatementTimeout } from "#lib/db/is-statement-timeout.ts";

/** A linked account in the list: nothing of it is a token. */
export type ListedRow = DescribableAccount & {
  id: string;
  providerAccountId: string;
  name: string | null;
  email: string | null;
  grantedScopes: string[];
  listedState: StoredState;
  listedName: string;
  listedEmail: string;
  scopeCount: number;
  connectedAt: Date;
  renewedAt: Date;
  accessEndsAt: Date;
};

/**
 * The rows of a page in the order shown. `hasMore`: there are more in the direction that was asked for.
 * `total`: all that match, where it was learned.
 */
export type ListedPage = { rows: ListedRow[]; hasMore: boolean; total: number | null };

/** So many rows of the order are looked at before an index is asked which rows match at all. */
const WALK_LIMIT = 5_000;
/** So many matching rows are sorted at most; where there are more, one of them is met soon on any walk. */
const SORT_LIMIT = 10_000;
/**
 * So many are found and counted whatever it takes; of more it is enough to know about how many, where a walk
 * is shorter.
 */
const COUNT_LIMIT = 1_000;
/** What takes longer is given up: the person narrows the search. */
const PATIENCE_MS = 3_000;

const READ =
  Prisma.raw(`a.id, a.provider, a.provider_account_id, a.name, a.email, a.state, a.reconnect_reason, a.withdrawn_scopes, a.trouble, a.retry_at,
  a.refresh_token_expires_at, a.refresh_token_final, a.disconnected_at, a.granted_scopes, a.listed_state, a.listed_name, a.listed_email, a.search_text, a.scope_count,
  a.connected_at, a.renewed_at, a.access_ends_at`);
const SHOWN =
  Prisma.raw(`a.id, a.provider_account_id AS "providerAccountId", a.name, a.email, a.state::text, a.reconnect_reason::text AS "reconnectReason",
  a.withdrawn_scopes AS "withdrawnScopes", a.trouble::text, a.retry_at AS "retryAt", a.refresh_token_expires_at AS "refreshTokenExpiresAt", a.refresh_token_final AS "refreshTokenFinal",
  a.disconnected_at AS "disconnectedAt", a.granted_scopes AS "grantedScopes", a.listed_state AS "listedState", a.listed_name AS "listedName",
  a.listed_email AS "listedEmail", a.scope_count AS "scopeCount", a.connected_at AS "connectedAt", a.renewed_at AS "renewedAt",
  a.access_ends_at AS "accessEndsAt"`);

/**
 * A page of the linked accounts, in a time that does not grow with their number (decision 24). Where few are
 * expected to match, an index finds them all, and they are sorted; else, or where every hundredth or so on
 * the way does, the order is walked, for a while, past those that do not match. When that did not fill the
 * page, the other way is tried; only when many match, and all far off, the walk goes on. Null when that took
 * too long. `at` is the moment that "expires soon" is reckoned from.
 */
export async function listAccounts(
  _admin: AdminUser,
  request: ListRequest,
  at: Date,
): Promise<ListedPage | null> {
  try {
    return await database().$transaction((transaction) => readPage(transaction, request, at), {
      timeout: 4 * PATIENCE_MS,
    });
  } catch (error) {
    if (isStatementTimeout(error)) return null;
    throw error;
  }
}

async function readPage(transaction: Transaction, request: ListRequest, at: Date): Promise<ListedPage> {
  // Where an index finds nothing, a table of a million is not read instead; compiling a plan takes longer
  // than a page.
  await transaction.$queryRaw`SELECT set_config('statement_timeout', ${String(PATIENCE_MS)}, true), set_config('enable_seqscan', 'off', true),
    set_config('jit', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)`;
  if (isInOrder(request)) return pageOf(request, await walk(transaction, request, at, request.size + 1));
  const [expected, among] = (await expectAccounts(
    [request.filter, { ...NO_FILTER, state: request.filter.state }],
    at,
    transaction,
  )) as [number, number];
  const walked = isWorthWalking(request, expected, among)
    ? await walk(transaction, request, at, WALK_LIMIT)
    : [];
  if (walked.length > request.size) return pageOf(request, walked);
  const found = await findAndSort(transaction, request, at);
  if (found) return pageOf(request, found.rows, found.total);
  return pageOf(request, await walk(transaction, request, at, null));
}

/**
 * Whether a walk is likely to meet a page of them: twice as many as are needed, if they lie anywhere among
 * all of that state.
 */
function isWorthWalking({ size }: ListRequest, expected: number, among: number): boolean {
  return expected > SORT_LIMIT || (expected > COUNT_LIMIT && (expected / among) * WALK_LIMIT > 2 * size);
}

/**
 * The rows that the order has beyond the place, those that match among the next `limit` (or among all), one
 * more than the page has room for.
 */
function walk(
  transaction: Transaction,
  request: ListRequest,
  at: Date,
  limit: number | null,
): Promise<ListedRow[]> {
  return transaction.$queryRaw<ListedRow[]>(walkSql(request, at, limit));
}

/** The statement of a walk; for whoever looks at its plan. */
export function walkSql(request: ListRequest, at: Date, limit: number | null): Prisma.Sql {
  const order = orderSql(request);
  const bound = limit === null ? Prisma.empty : Prisma.sql`LIMIT ${limit}`;
  // Each piece in its order already: so the planner merges them row by row, instead of sorting a million.
  const pieces = piecesSql(request.sort, request.filter).map(
    (piece) => Prisma.sql`
    (SELECT ${READ} FROM connect_account a WHERE ${piece} AND ${beyondSql(request)} AND ${rangeSql(request.sort, request.filter, at)} ORDER BY ${order} ${bound})`,
  );
  const all =
    pieces.length === 1
      ? pieces[0]!
      : Prisma.sql`(SELECT * FROM (${Prisma.join(pieces, " UNION ALL ")}) AS a ORDER BY ${order} ${bound})`;
  return Prisma.sql`SELECT ${SHOWN} FROM ${all} AS a WHERE ${filterSql(request.filter, at)} ORDER BY ${order} LIMIT ${request.size + 1}`;
}

/** All rows that match, where they are not too many to sort; null where they are. */
async function findAndSort(
  transaction: Transaction,
  request: ListRequest,
  at: Date,
): Promise<{ rows: ListedRow[]; total: number } | null> {
  const found = await transaction.$queryRaw<((ListedRow | { id: null }) & { total: number })[]>(
    findSql(request, at),
  );
  const total = found[0]!.total;
  // Without a row there is one line all the same, with the total.
  return total > SORT_LIMIT ? null : { rows: found.filter((row) => row.id !== null), total };
}

/** The statement of `findAndSort`; for whoever looks at its plan. */
export function findSql(request: ListRequest, at: Date): Prisma.Sql {
  const keys = Prisma.raw(["a.id", ...COLUMNS[request.sort].map(({ name }) => `a.${name}`)].join(", "));
  const order = orderSql(request);
  return Prisma.sql`
    WITH hits AS MATERIALIZED (SELECT ${keys} FROM connect_account a WHERE ${filterSql(request.filter, at)} LIMIT ${SORT_LIMIT + 1})
    SELECT counted.total, ${SHOWN} FROM (SELECT count(*)::int AS total FROM hits) AS counted
    LEFT JOIN (SELECT * FROM hits a WHERE ${beyondSql(request)} ORDER BY ${order} LIMIT ${request.size + 1}) AS page ON TRUE
    LEFT JOIN connect_account a ON a.id = page.id ORDER BY ${order}`;
}

/**
 * Whether nothing is filtered but what the order's own index has: then each row that the walk meets is one of
 * the page.
 */
function isInOrder({ sort, filter: { state, ...others } }: ListRequest): boolean {
  const isStateInIndex =
    state === null || (sort !== "legrand_id" && state !== "connected" && state !== "expires_soon");
  return isStateInIndex && Object.values(others).every((value) => value === null);
}

function pageOf(request: ListRequest, found: ListedRow[], total: number | null = null): ListedPage {
  const rows = found.slice(0, request.size);
  return { rows: isReversed(request) ? rows.reverse() : rows, hasMore: found.length > request.size, total };
}

import "server-only";

import type { AdminUser } from "#lib/connect/users/admin-user.ts";
import { expectAccounts, filterSql, type StoredState } from "#lib/connect/admin/accounts/filter.store.ts";
import { NO_FILTER } from "#lib/connect/admin/accounts/filter-schema.ts";
import type { ListRequest } from "#lib/connect/admin/accounts/list-schema.ts";
import {
  beyondSql,
  COLUMNS,
  isReversed,
  orderSql,
  piecesSql,
  rangeSql,
} from "#lib/connect/admin/accounts/order.store.ts";
import type { DescribableAccount } from "#lib/connect/linked-accounts/describe-state.ts";
import { database, type Transaction } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { isStatementTimeout } from "#lib/db/is-statement-timeout.ts";

/** A row of the list. Contains no token. */
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
 * The rows of a page in display order. `hasMore` is true if there are more in the requested direction.
 * `total` is the number of matching rows, or null if it is not known.
 */
export type ListedPage = { rows: ListedRow[]; hasMore: boolean; total: number | null };

/** Most rows that a scan of the sort index reads before the filter's own index is tried. */
const WALK_LIMIT = 5_000;
/** Most matching rows that are sorted. If there are more, any scan soon meets one. */
const SORT_LIMIT = 10_000;
/**
 * Up to this many rows are always found and counted. Above it an estimate is enough, if a scan is shorter.
 */
const COUNT_LIMIT = 1_000;
/** A query that takes longer is aborted, and the user has to narrow the search. */
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
 * Reads a page of linked accounts, in a time that does not grow with their number (decision 24). If the
 * planner expects few matches, filters by index and sorts. If many are expected, or about one in a hundred
 * rows of the scan would match, first scans the sort index and skips non-matches, at most `WALK_LIMIT` rows.
 * If that did not fill the page, filters by index and sorts. Only if many rows match, and all are far away,
 * does the scan continue without a limit. Returns null if this took too long. `at` is the time for "expires
 * soon".
 */
export async function listAccounts(
  admin: AdminUser,
  request: ListRequest,
  at: Date,
): Promise<ListedPage | null> {
  try {
    return await database().$transaction((transaction) => readPage(transaction, admin, request, at), {
      timeout: 4 * PATIENCE_MS,
    });
  } catch (error) {
    if (isStatementTimeout(error)) return null;
    throw error;
  }
}

async function readPage(
  transaction: Transaction,
  admin: AdminUser,
  request: ListRequest,
  at: Date,
): Promise<ListedPage> {
  // Sequential scans are off: otherwise PostgreSQL might read a table of a million rows when an index finds
  // nothing. JIT is off, because compiling a plan takes longer than a page.
  await transaction.$queryRaw`SELECT set_config('statement_timeout', ${String(PATIENCE_MS)}, true), set_config('enable_seqscan', 'off', true),
    set_config('jit', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)`;
  if (isInOrder(request)) return pageOf(request, await walk(transaction, request, at, request.size + 1));
  const [expected, among] = (await expectAccounts(
    admin,
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
 * True if a scan will probably find a full page. It requires twice as many matches as needed, if they are
 * spread evenly among all rows of this state.
 */
function isWorthWalking({ size }: ListRequest, expected: number, among: number): boolean {
  return expected > SORT_LIMIT || (expected > COUNT_LIMIT && (expected / among) * WALK_LIMIT > 2 * size);
}

/**
 * Scans the sort order from the cursor on. Returns the rows that match among the next `limit` rows (or among
 * all), at most one more than the page shows.
 */
function walk(
  transaction: Transaction,
  request: ListRequest,
  at: Date,
  limit: number | null,
): Promise<ListedRow[]> {
  return transaction.$queryRaw<ListedRow[]>(walkSql(request, at, limit));
}

/** Returns the SQL of a scan. Exported so that its query plan can be checked. */
export function walkSql(request: ListRequest, at: Date, limit: number | null): Prisma.Sql {
  const order = orderSql(request);
  const bound = limit === null ? Prisma.empty : Prisma.sql`LIMIT ${limit}`;
  // Each part is sorted already, so the planner merges them row by row and does not sort a million rows.
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

/** Returns the matching rows in order and their total, or null if there are too many to sort. */
async function findAndSort(
  transaction: Transaction,
  request: ListRequest,
  at: Date,
): Promise<{ rows: ListedRow[]; total: number } | null> {
  const found = await transaction.$queryRaw<((ListedRow | { id: null }) & { total: number })[]>(
    findSql(request, at),
  );
  const total = found[0]!.total;
  // If the page is empty, there is still one row, with the total.
  return total > SORT_LIMIT ? null : { rows: found.filter((row) => row.id !== null), total };
}

/** Returns the SQL of `findAndSort`. Exported so that its query plan can be checked. */
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
 * True if the filter uses nothing but columns of the sort index. Then every row that the scan reads belongs
 * to the page.
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

import "server-only";

import { database } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import type { ListedAttempt, ReasonGroup } from "#lib/legrand/request-log/listed-attempt.ts";
import type { AttemptFilter } from "#lib/legrand/request-log/attempt-filter.ts";
import { flushAttempts } from "#lib/legrand/request-log/buffer.ts";
import { cutPage, type PageCursor } from "#lib/page-cursor.ts";

const PAGE_SIZE = 50;
const MOST_GROUPS = 8;
const ROW = Prisma.sql`id, at, step, outcome, reason, status, duration_ms AS "durationMs", request_id AS "requestId",
  reference, journey, pseudonym, secret_ending AS "secretEnding", operation, parameters, requests`;

/**
 * Returns a page of the application's attempts that match, newest first. A journey is in the order in which it
 * happened, and is one page.
 */
export async function listAttempts(
  { clientId }: OwnedApplication,
  filter: AttemptFilter,
  before: PageCursor | null,
): Promise<{ attempts: ListedAttempt[]; next: string | null }> {
  await flushAttempts();
  const equal = (column: string, value: string | null) =>
    value === null ? Prisma.empty : Prisma.sql`AND ${Prisma.raw(column)} = ${value}`;
  const found = await database().$queryRaw<ListedAttempt[]>`
    SELECT ${ROW} FROM legrand_request_attempt WHERE client_id = ${clientId}::uuid
      ${equal("outcome", filter.outcome)} ${equal("step", filter.step)} ${equal("reason", filter.reason)}
      ${filter.journey ? Prisma.sql`AND journey = ${filter.journey}::uuid` : Prisma.empty}
      ${before ? Prisma.sql`AND (at, id) < (${before.at}::timestamptz, ${before.id}::uuid)` : Prisma.empty}
    ORDER BY at DESC, id DESC LIMIT ${PAGE_SIZE + 1}`;
  const { rows, next } = cutPage(found, PAGE_SIZE, ({ at, id }) => ({ at, id }));
  return { attempts: filter.journey ? rows.toReversed() : rows, next };
}

/** Returns what goes wrong most recently, by step and reason, with how often it did. */
export async function listReasons({ clientId }: OwnedApplication): Promise<ReasonGroup[]> {
  await flushAttempts();
  return database().$queryRaw<ReasonGroup[]>`
    SELECT step, reason, sum(requests)::int AS requests, max(at) AS "lastAt" FROM legrand_request_attempt
    WHERE client_id = ${clientId}::uuid AND reason IS NOT NULL GROUP BY step, reason
    ORDER BY "lastAt" DESC LIMIT ${MOST_GROUPS}`;
}

/** Returns the application's attempts with this reference. There is more than one only by coincidence. */
export async function findByReference(
  { clientId }: OwnedApplication,
  reference: string,
): Promise<ListedAttempt[]> {
  await flushAttempts();
  return database().$queryRaw<ListedAttempt[]>`
    SELECT ${ROW} FROM legrand_request_attempt
    WHERE client_id = ${clientId}::uuid AND reference = ${reference} ORDER BY at DESC LIMIT ${PAGE_SIZE}`;
}

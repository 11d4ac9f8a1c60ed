import "server-only";

import { database } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { keyContains } from "#lib/db/search-sql.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { cutPage, type PageCursor } from "#lib/page-cursor.ts";

/** A row of My Applications. */
export type ListedApplication = {
  clientId: string;
  name: string;
  vendor: string;
  type: "web" | "mobile";
  state: "active" | "suspended";
  logoPath: string | null;
  createdAt: Date;
  /** To the minute; null before the first use. */
  lastUsedAt: Date | null;
  /** The number of people who granted access. */
  people: number;
};

/**
 * A page of My Applications. `total` counts all applications of the developer, not only the ones found by the
 * search.
 */
export type ApplicationPage = { total: number; applications: ListedApplication[]; next: string | null };

/** The number of applications on one page. */
const PAGE_SIZE = 50;

/**
 * Lists a developer's applications whose name or client ID contains the text, newest first. One query returns
 * the rows and the total.
 */
export async function listApplications(
  developer: LegrandAccount,
  search: string,
  before: PageCursor | null,
): Promise<ApplicationPage> {
  const isFound = search
    ? Prisma.sql`(${keyContains(Prisma.sql`search_key(name)`, search)} OR ${keyContains(Prisma.sql`client_id::text`, search)})`
    : Prisma.sql`TRUE`;
  const rows = await database().$queryRaw<({ total: number } & ListedApplication)[]>`
    SELECT all_of_them.total, a.client_id::text AS "clientId", a.name, a.vendor, a.type::text, a.state::text, a.logo_path AS "logoPath",
      a.created_at AS "createdAt", a.last_used_at AS "lastUsedAt",
      (SELECT count(*)::int FROM legrand_grant g WHERE g.client_id = a.client_id) AS people
    FROM (SELECT count(*)::int AS total FROM legrand_application WHERE developer_id = ${developer.id}::uuid) all_of_them
    LEFT JOIN LATERAL (
      SELECT * FROM legrand_application WHERE developer_id = ${developer.id}::uuid
        AND ${isFound}
        AND (${before === null} OR (created_at, client_id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
      ORDER BY created_at DESC, client_id DESC LIMIT ${PAGE_SIZE + 1}
    ) a ON true
    ORDER BY a.created_at DESC, a.client_id DESC`;
  // If no application matches, the query returns one row with the total and no application.
  const found = rows
    .filter((row) => (row.clientId as string | null) !== null)
    .map(({ total: _total, ...application }) => application);
  const { rows: applications, next } = cutPage(found, PAGE_SIZE, ({ createdAt, clientId }) => ({
    at: createdAt,
    id: clientId,
  }));
  return { total: rows[0]!.total, applications, next };
}

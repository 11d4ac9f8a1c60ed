import "server-only";

import { now } from "#lib/clock.ts";
import { database } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { changeSchema, type ChangeEntry } from "#lib/legrand/applications/change-schema.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { cutPage, type PageCursor } from "#lib/page-cursor.ts";

/** A change to the application: who made it, what it was, and when. */
export type RecordedChange = ChangeEntry & { id: string; at: Date; who: string };

const PAGE_SIZE = 50;

/** Returns a page of the application's history, newest first. */
export async function listHistory(
  { clientId }: OwnedApplication,
  before: PageCursor | null,
): Promise<{ changes: RecordedChange[]; next: string | null }> {
  const found = await database().applicationChange.findMany({
    where: {
      clientId,
      ...(before ? { OR: [{ at: { lt: before.at } }, { at: before.at, id: { lt: before.id } }] } : {}),
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: PAGE_SIZE + 1,
  });
  const { rows, next } = cutPage(found, PAGE_SIZE, ({ at, id }) => ({ at, id }));
  return {
    next,
    changes: rows.map(({ id, at, who, what, detail }) => ({
      ...changeSchema.parse({ what, detail }),
      id,
      at,
      who,
    })),
  };
}

/** A change that is being written. Its parts are SQL where only the statement knows them. */
type NewChange = {
  what: ChangeEntry["what"];
  /** The name of the developer who made it. */
  who: string | Prisma.Sql;
  detail: object | Prisma.Sql;
  /** The application, or the rows of a statement before, each with the `client_id` of an application. */
  of: OwnedApplication["clientId"] | Prisma.Sql;
};

/**
 * Returns the statement that records a change in the history of an application. It is executed as it is, or
 * as a part of the statement that makes the change (`WITH changed AS (…)`), so that neither is stored without
 * the other. Records nothing if `of` has no row.
 */
export function recordChange({ what, who, detail, of }: NewChange): Prisma.Sql {
  const rows = typeof of === "string" ? Prisma.sql`legrand_application WHERE client_id = ${of}::uuid` : of;
  const json = detail instanceof Prisma.Sql ? detail : Prisma.sql`${JSON.stringify(detail)}::jsonb`;
  return Prisma.sql`
    INSERT INTO legrand_application_change (id, client_id, at, who, what, detail)
    SELECT gen_random_uuid(), client_id, ${now()}::timestamptz, ${who}, ${what}, ${json} FROM ${rows}`;
}

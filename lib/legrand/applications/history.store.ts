import "server-only";

import { database } from "#lib/db/client.ts";
import { changeSchema, type ChangeEntry } from "#lib/legrand/applications/change-schema.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { cutPage, type PageCursor } from "#lib/page-cursor.ts";

/** A change to the application: who made it, what it was, and when. */
export type Change = ChangeEntry & { id: string; at: Date; who: string };

const PAGE_SIZE = 50;

/** Returns a page of the application's history, newest first. */
export async function listChanges(
  { clientId }: OwnedApplication,
  before: PageCursor | null,
): Promise<{ changes: Change[]; next: string | null }> {
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

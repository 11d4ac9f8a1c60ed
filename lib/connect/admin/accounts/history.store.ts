import "server-only";

import type { AdminUser } from "#lib/connect/users/admin-user.ts";
import { database } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { cutPage, type PageCursor } from "#lib/page-cursor.ts";

/** A history entry as stored. `actor` is the administrator who did it, from the audit log. */
export type StoredEntry = {
  id: string;
  at: Date;
  what: string;
  by: string;
  detail: unknown;
  actor: string | null;
};

/** A page of a history, newest first, and the cursor of the older entries, or null if there are none. */
export type HistoryPage = { entries: StoredEntry[]; older: string | null };

/** Entries per page. */
const PAGE_SIZE = 20;

/**
 * Reads a page of a linked account's history, newest first, older than the cursor. Uses the index and a
 * limit, so that the length of the history does not matter.
 */
export async function readHistory(
  _admin: AdminUser,
  accountId: string,
  before: PageCursor | null,
): Promise<HistoryPage> {
  const older = before ? Prisma.sql`AND (at, id) < (${before.at}, ${before.id}::uuid)` : Prisma.empty;
  const rows = await database().$queryRaw<Omit<StoredEntry, "actor">[]>`
    SELECT id::text, at, what, by, detail FROM connect_linked_account_event
    WHERE account_id = ${accountId}::uuid ${older} ORDER BY at DESC, id DESC LIMIT ${PAGE_SIZE + 1}::int`;
  const { rows: shown, next } = cutPage(rows, PAGE_SIZE, (row) => row);
  const actors = await findActors(
    accountId,
    shown.filter(({ by }) => by === "administrator").map(({ at }) => at),
  );
  return {
    entries: shown.map((row) => ({ ...row, actor: actors.get(row.at.getTime()) ?? null })),
    older: next,
  };
}

/** Both entries are written in one transaction, but each reads the clock for itself. */
const SAME_ACT_MS = 60_000;

/** Finds who revoked this account at those times, by time: the actor of the closest audit log entry. */
async function findActors(accountId: string, times: Date[]): Promise<Map<number, string>> {
  if (times.length === 0) return new Map();
  const moments = times.map((time) => time.getTime());
  const acts = await database().auditEntry.findMany({
    where: {
      targetId: accountId,
      action: "linked_account.revoke",
      outcome: "done",
      at: {
        gte: new Date(Math.min(...moments) - SAME_ACT_MS),
        lte: new Date(Math.max(...moments) + SAME_ACT_MS),
      },
    },
    select: { at: true, actor: true },
    orderBy: { at: "desc" },
    take: 2 * PAGE_SIZE,
  });
  return new Map(
    moments.flatMap((moment): [number, string][] => {
      const distance = ({ at }: { at: Date }) => Math.abs(at.getTime() - moment);
      const [closest] = [...acts].sort((a, b) => distance(a) - distance(b));
      return closest && distance(closest) <= SAME_ACT_MS ? [[moment, closest.actor]] : [];
    }),
  );
}

/**
 * How many changes of permissions are read. A scope that does not appear in them was last changed before all
 * of them.
 */
const SCOPE_CHANGES = 200;

/** Lists the latest changes of the granted scopes, newest first. */
export function listScopeChanges(_admin: AdminUser, accountId: string) {
  return database().linkedAccountEvent.findMany({
    where: { accountId, what: { in: ["connected", "permissions_changed", "scopes_withdrawn"] } },
    orderBy: { at: "desc" },
    take: SCOPE_CHANGES,
    select: { at: true, detail: true },
  });
}

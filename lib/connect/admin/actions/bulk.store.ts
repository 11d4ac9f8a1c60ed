import "server-only";

import { now } from "#lib/clock.ts";
import type { Administrator, AdminUser } from "#lib/connect/users/admin-user.ts";
import type { AuditOrigin } from "#lib/connect/audit/audit-entry.ts";
import { recordAudit } from "#lib/connect/audit/store.ts";
import type { BulkFailure, BulkRevocation } from "#lib/connect/admin/actions/bulk-revocation.ts";
import { finishBulkRevocation } from "#lib/connect/admin/actions/work-on-bulk.store.ts";
import { holdRole } from "#lib/connect/admin/roles/store.ts";
import { database, type Transaction } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { cutPage, type PageCursor } from "#lib/page-cursor.ts";

const LISTED = 25;
const FAILURES_SHOWN = 50;

const SHOWN = Prisma.sql`b.id, b.created_at AS "createdAt", b.ended_at AS "endedAt", b.actor, b.reason, b.selection, b.state::text AS state, b.total, b.revoked,
  b.skipped, b.failed, b.total - b.revoked - b.skipped - b.failed AS left, coalesce(b.lease_until > now(), false) AS "isWorkedOn"`;

/** A page of rows and the cursor of the next page, or null on the last page. */
type PageOf<Row> = { rows: Row[]; next: string | null };

/** Lists bulk revocations, newest first. With `before`, only those that are older than this cursor. */
export async function listBulkRevocations(
  _admin: AdminUser,
  before: PageCursor | null,
): Promise<PageOf<BulkRevocation>> {
  const older = before
    ? Prisma.sql`(b.created_at, b.id) < (${before.at}, ${before.id}::uuid)`
    : Prisma.sql`TRUE`;
  const rows = await database().$queryRaw<BulkRevocation[]>`
    SELECT ${SHOWN} FROM connect_bulk_revocation b WHERE ${older} ORDER BY b.created_at DESC, b.id DESC LIMIT ${LISTED + 1}::int`;
  return cutPage(rows, LISTED, ({ createdAt, id }) => ({ at: createdAt, id }));
}

/** Returns one bulk revocation, or null. */
export async function findBulkRevocation(_admin: AdminUser, id: string): Promise<BulkRevocation | null> {
  const [row] = await database().$queryRaw<
    BulkRevocation[]
  >`SELECT ${SHOWN} FROM connect_bulk_revocation b WHERE b.id = ${id}::uuid`;
  return row ?? null;
}

/** Lists accounts that could not be revoked, ordered by id. With `after`, only those after this id. */
export async function listBulkFailures(
  _admin: AdminUser,
  id: string,
  after: string | null,
): Promise<PageOf<BulkFailure>> {
  const rows = await database().$queryRaw<BulkFailure[]>`
    SELECT i.account_id AS "accountId", i.failure, coalesce(a.email, a.name, a.provider_account_id) AS name
    FROM connect_bulk_revocation_item i LEFT JOIN connect_account a ON a.id = i.account_id
    WHERE i.bulk_id = ${id}::uuid AND i.failure IS NOT NULL AND ${after ? Prisma.sql`i.account_id > ${after}::uuid` : Prisma.sql`TRUE`}
    ORDER BY i.account_id LIMIT ${FAILURES_SHOWN + 1}::int`;
  const shown = rows.slice(0, FAILURES_SHOWN);
  return { rows: shown, next: rows.length > FAILURES_SHOWN ? shown.at(-1)!.accountId : null };
}

/**
 * Asks a bulk revocation to stop, with an entry in the audit log. Accounts that are in progress are finished
 * first. If no process is working on it, it ends at once. Returns false if there is nothing to stop; the
 * audit log then has the refused attempt.
 */
export function stopBulkRevocation(admin: Administrator, origin: AuditOrigin, id: string): Promise<boolean> {
  return database().$transaction(
    async (transaction) => {
      await holdRole(admin, transaction);
      const [stopped] = await transaction.$queryRaw<{ selection: string; isWorkedOn: boolean }[]>`
      UPDATE connect_bulk_revocation SET state = 'stopping' WHERE id = ${id}::uuid AND state = 'running'
      RETURNING selection, coalesce(lease_until > now(), false) AS "isWorkedOn"`;
      if (!stopped) return refuseStop(origin, id, transaction);
      await recordAudit(
        {
          ...origin,
          action: "bulk_revocation.stop",
          outcome: "done",
          targetType: "bulk_revocation",
          targetId: id,
          target: stopped.selection,
        },
        transaction,
      );
      if (!stopped.isWorkedOn) await finishBulkRevocation(id, now(), transaction);
      return true;
    },
    { timeout: 120_000 },
  );
}

async function refuseStop(origin: AuditOrigin, id: string, transaction: Transaction): Promise<false> {
  const bulk = await transaction.bulkRevocation.findUnique({ where: { id }, select: { selection: true } });
  await recordAudit(
    {
      ...origin,
      action: "bulk_revocation.stop",
      outcome: "refused",
      targetType: "bulk_revocation",
      targetId: id,
      target: bulk?.selection ?? id,
      detail: { reason: "ended" },
    },
    transaction,
  );
  return false;
}

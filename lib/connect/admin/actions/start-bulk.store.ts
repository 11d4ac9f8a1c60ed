import "server-only";

import { now } from "#lib/clock.ts";
import type { Administrator, AdminUser } from "#lib/connect/users/admin-user.ts";
import type { AuditOrigin, NewAuditEntry } from "#lib/connect/audit/audit-entry.ts";
import { recordAudit } from "#lib/connect/audit/store.ts";
import type { Selection } from "#lib/connect/admin/actions/parse-selection.ts";
import { estimateCount, filterSql } from "#lib/connect/admin/accounts/filter.store.ts";
import { holdRole } from "#lib/connect/admin/roles/store.ts";
import { database, type Transaction } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";

/** Up to this many accounts are counted exactly; above it, the database estimates the number. */
export const COUNTED_EXACTLY = 10_000;
/** A million rows take some seconds. */
const TIMEOUT = { timeout: 10 * 60_000, maxWait: 10_000 };

/**
 * The accounts to revoke: a selection from the list, or the accounts at which another bulk revocation failed.
 */
export type BulkSelection = Selection | { kind: "failed"; bulkId: string };

/**
 * A bulk revocation that an administrator confirmed. `confirmed` is the number of accounts that they saw, or
 * null if it was not counted exactly.
 */
export type BulkRequest = {
  id: string;
  admin: Administrator;
  origin: AuditOrigin;
  reason: string;
  selection: BulkSelection;
  words: string;
  confirmed: number | null;
};

/**
 * Why no bulk revocation was started. `none`: no account to revoke. `more`: more accounts than were
 * confirmed.
 */
export type NotStarted = { ok: false; reason: "none" | "more" };

class NotStartedError extends Error {
  readonly reason: NotStarted["reason"];
  constructor(reason: NotStarted["reason"]) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * Counts the selected accounts to revoke, that is, those that are not disconnected. Exact up to
 * `COUNTED_EXACTLY`, and an estimate above it.
 */
export async function countSelected(
  admin: AdminUser,
  selection: Selection,
): Promise<{ amount: number; isExact: boolean }> {
  const [row] = await database().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (SELECT 1 FROM connect_account a WHERE ${selectedSql(selection)} LIMIT ${COUNTED_EXACTLY + 1}::int) AS counted`;
  const { count } = row!;
  if (count <= COUNTED_EXACTLY || selection.kind === "ids") return { amount: count, isExact: true };
  return { amount: Math.max(count, await estimateConnected(admin, selection)), isExact: false };
}

async function estimateConnected(
  admin: AdminUser,
  { filter, at }: Extract<Selection, { kind: "all" }>,
): Promise<number> {
  const { amount } = await estimateCount(admin, filter, at);
  return filter.state === null
    ? amount - (await estimateCount(admin, { ...filter, state: "disconnected" }, at)).amount
    : amount;
}

/**
 * Creates a bulk revocation with its list of accounts as of now, in one transaction with its audit log entry.
 * Accounts that match the filter later are not included. Idempotent: a form that is sent again has the same
 * id and creates nothing. Throws `NotAdministratorError` if the caller lost the role.
 */
export async function startBulkRevocation(request: BulkRequest): Promise<{ ok: true } | NotStarted> {
  try {
    await database().$transaction((transaction) => makeBulkRevocation(request, transaction), TIMEOUT);
    return { ok: true };
  } catch (error) {
    if (!(error instanceof NotStartedError)) throw error;
    await recordAudit({
      ...entryOf(request),
      outcome: "refused",
      detail: { selection: request.words, reason: error.reason },
    });
    return { ok: false, reason: error.reason };
  }
}

const entryOf = ({ id, origin, words }: BulkRequest): Omit<NewAuditEntry, "outcome"> => ({
  ...origin,
  action: "bulk_revocation.start",
  targetType: "bulk_revocation",
  targetId: id,
  target: words,
});

async function makeBulkRevocation(request: BulkRequest, transaction: Transaction): Promise<void> {
  const { id, admin, reason, selection, words, confirmed } = request;
  await holdRole(admin, transaction);
  const { count } = await transaction.bulkRevocation.createMany({
    data: [
      {
        id,
        createdAt: now(),
        createdBy: admin.userId,
        actor: admin.label,
        reason,
        selection: words,
        total: 0,
      },
    ],
    skipDuplicates: true,
  });
  if (count === 0) return;
  const total = await transaction.$executeRaw`
    INSERT INTO connect_bulk_revocation_item (bulk_id, account_id) SELECT ${id}::uuid, a.id FROM connect_account a WHERE ${selectedSql(selection)}`;
  if (total === 0) throw new NotStartedError("none");
  if (confirmed !== null && total > confirmed) throw new NotStartedError("more");
  await transaction.bulkRevocation.update({ where: { id }, data: { total } });
  await recordAudit(
    {
      ...entryOf(request),
      outcome: "done",
      detail: {
        selection: words,
        total,
        reason,
        ...(selection.kind === "failed" ? { again: selection.bulkId } : {}),
      },
    },
    transaction,
  );
}

/** Returns the condition on connect_account `a`. */
function selectedSql(selection: BulkSelection): Prisma.Sql {
  // Accounts that were reconnected after the question was asked are excluded. No administrator decided that
  // the new connection should end.
  const asked =
    selection.kind === "failed"
      ? Prisma.sql`(SELECT created_at FROM connect_bulk_revocation WHERE id = ${selection.bulkId}::uuid)`
      : Prisma.sql`${selection.at}`;
  return Prisma.sql`${whichSql(selection)} AND a.connected_at <= ${asked} AND a.state <> 'disconnected'`;
}

function whichSql(selection: BulkSelection): Prisma.Sql {
  if (selection.kind === "all") return filterSql(selection.filter, selection.at);
  if (selection.kind === "ids") return Prisma.sql`a.id = ANY (${selection.ids}::uuid[])`;
  return Prisma.sql`a.id IN (SELECT account_id FROM connect_bulk_revocation_item WHERE bulk_id = ${selection.bulkId}::uuid AND failure IS NOT NULL)`;
}

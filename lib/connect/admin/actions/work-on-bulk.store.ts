import "server-only";

import { recordAudit } from "#lib/connect/audit/store.ts";
import type { ItemOutcome } from "#lib/connect/admin/actions/bulk-revocation.ts";
import { database, type Transaction } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { newRequestId } from "#lib/log.ts";

/**
 * Longer than one account takes in the worst case (neither Legrand nor the mail server answers). Each
 * finished account renews the lease.
 */
const LEASE_SECONDS = 120;

/**
 * A bulk revocation that this process works on. `isStopping` is true if an administrator asked it to stop, or
 * if the user who started it is no longer an administrator.
 */
export type ClaimedBulk = {
  id: string;
  createdAt: Date;
  reason: string;
  actor: string;
  createdBy: string;
  isStopping: boolean;
};

// Uses the database's time, because the clocks of two machines differ.
const LEASE = Prisma.sql`now() + ${LEASE_SECONDS}::int * interval '1 second'`;
/**
 * Changes the state to "stopping" if the user who started the bulk revocation is no longer an administrator.
 * The role is checked again for each account.
 */
const STATE = Prisma.sql`CASE WHEN b.state = 'running' AND NOT EXISTS (SELECT 1 FROM connect_user u WHERE u.id = b.created_by AND u.role = 'administrator')
  THEN 'stopping' ELSE b.state END`;
const OPEN = Prisma.sql`b.state IN ('running', 'stopping')`;

/**
 * Claims the oldest bulk revocation that no process is working on. Uses one statement, so that only one
 * process gets it. Returns null if no job waits. Takes no proof: a background job.
 */
export async function claimBulkRevocation(): Promise<ClaimedBulk | null> {
  const [row] = await database().$queryRaw<ClaimedBulk[]>`
    UPDATE connect_bulk_revocation b SET lease_until = ${LEASE}, state = ${STATE} WHERE b.id = (
      SELECT b.id FROM connect_bulk_revocation b WHERE ${OPEN} AND (b.lease_until IS NULL OR b.lease_until <= now())
      ORDER BY b.created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING b.id, b.created_at AS "createdAt", b.reason, b.actor, b.created_by AS "createdBy", b.state = 'stopping' AS "isStopping"`;
  return row ?? null;
}

/** Lists up to `limit` accounts that are still to be processed. Takes no proof: a background job. */
export async function listOpenItems(id: string, limit: number): Promise<string[]> {
  const rows = await database().$queryRaw<{ accountId: string }[]>`
    SELECT account_id AS "accountId" FROM connect_bulk_revocation_item WHERE bulk_id = ${id}::uuid AND failure IS NULL LIMIT ${limit}::int`;
  return rows.map(({ accountId }) => accountId);
}

/**
 * Records the result for an account, counts it and renews the lease, in one statement. An account that two
 * processes handled is counted once. Returns false if the work has to stop here. Takes no proof: a background
 * job.
 */
export async function settleItem(id: string, accountId: string, outcome: ItemOutcome): Promise<boolean> {
  const settled =
    outcome.result === "failed"
      ? Prisma.sql`UPDATE connect_bulk_revocation_item SET failure = ${outcome.failure} WHERE bulk_id = ${id}::uuid AND account_id = ${accountId}::uuid AND failure IS NULL RETURNING 1`
      : Prisma.sql`DELETE FROM connect_bulk_revocation_item WHERE bulk_id = ${id}::uuid AND account_id = ${accountId}::uuid AND failure IS NULL RETURNING 1`;
  const counter = Prisma.raw(outcome.result);
  const [row] = await database().$queryRaw<{ goesOn: boolean }[]>`
    WITH settled AS (${settled})
    UPDATE connect_bulk_revocation b SET ${counter} = b.${counter} + (SELECT count(*)::int FROM settled), lease_until = ${LEASE}, state = ${STATE}
    WHERE b.id = ${id}::uuid AND ${OPEN} RETURNING b.state = 'running' AS "goesOn"`;
  return row?.goesOn ?? false;
}

/**
 * True if this bulk revocation already revoked the account. In that case a process was killed before it could
 * record the result. Takes no proof: a background job.
 */
export async function wasRevokedBy(id: string, accountId: string): Promise<boolean> {
  return (
    (await database().auditEntry.count({
      where: {
        targetId: accountId,
        action: "linked_account.revoke",
        outcome: "done",
        detail: { path: ["bulk"], equals: id },
      },
    })) > 0
  );
}

/**
 * Releases the lease early, so that another process can continue at once. Takes no proof: a background job.
 */
export async function releaseBulkRevocation(id: string): Promise<void> {
  await database().bulkRevocation.updateMany({ where: { id }, data: { leaseUntil: null } });
}

/**
 * Ends the leases of a process that is gone. For a database that only one process uses. Takes no proof: a
 * background job.
 */
export async function endDeadBulkLeases(): Promise<void> {
  await database().bulkRevocation.updateMany({
    where: { leaseUntil: { not: null } },
    data: { leaseUntil: null },
  });
}

/**
 * Ends a bulk revocation, with an audit log entry by Connect itself. The state becomes "done" if every
 * account was processed, otherwise "stopped"; accounts that were not processed are removed from the list and
 * stay connected. Idempotent: a second call does nothing. Takes no proof: a background job, and the last step
 * of `stopBulkRevocation`.
 */
export async function finishBulkRevocation(id: string, at: Date, transaction?: Transaction): Promise<void> {
  if (!transaction)
    return database().$transaction((inside) => finishBulkRevocation(id, at, inside), { timeout: 120_000 });
  const [ended] = await transaction.$queryRaw<Ended[]>`
    UPDATE connect_bulk_revocation b SET ended_at = ${at}, lease_until = NULL,
      state = CASE WHEN b.revoked + b.skipped + b.failed >= b.total THEN 'done' ELSE 'stopped' END::connect_bulk_revocation_state
    WHERE b.id = ${id}::uuid AND ${OPEN}
    RETURNING b.selection, b.state::text AS state, b.revoked, b.skipped, b.failed, b.total - b.revoked - b.skipped - b.failed AS left,
      NOT EXISTS (SELECT 1 FROM connect_user u WHERE u.id = b.created_by AND u.role = 'administrator') AS "isRoleGone"`;
  if (!ended) return;
  const { selection, isRoleGone, ...numbers } = ended;
  if (numbers.left > 0)
    await transaction.$executeRaw`DELETE FROM connect_bulk_revocation_item WHERE bulk_id = ${id}::uuid AND failure IS NULL`;
  await recordAudit(
    {
      actorId: null,
      actor: "Connect",
      address: "",
      requestId: newRequestId(),
      action: "bulk_revocation.end",
      outcome: numbers.failed > 0 ? "failed" : "done",
      targetType: "bulk_revocation",
      targetId: id,
      target: selection,
      detail: { ...numbers, ...(isRoleGone && numbers.state === "stopped" ? { reason: "role_taken" } : {}) },
    },
    transaction,
  );
}

type Ended = {
  selection: string;
  state: string;
  revoked: number;
  skipped: number;
  failed: number;
  left: number;
  isRoleGone: boolean;
};

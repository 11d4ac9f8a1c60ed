import "server-only";

import { now } from "#lib/clock.ts";
import type { NewAuditEntry } from "#lib/connect/audit/audit-entry.ts";
import { database, type Transaction } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";

/**
 * Adds an entry to the audit log. Pass the transaction that makes the recorded change, so that either both
 * are stored or neither is. The database refuses to change or delete an entry (migration administration).
 */
export async function recordAudit(
  { detail = {}, ...entry }: NewAuditEntry,
  transaction: Transaction = database(),
): Promise<void> {
  await transaction.auditEntry.create({
    data: { at: now(), ...entry, detail: detail as Prisma.InputJsonObject },
  });
}

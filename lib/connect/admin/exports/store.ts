import "server-only";

import { randomUUID } from "node:crypto";

import { now, secondsFromNow } from "#lib/clock.ts";
import type { AdminUser } from "#lib/connect/admin/admin-user.ts";
import type { NewAuditEntry } from "#lib/connect/audit/audit-entry.ts";
import { recordAudit } from "#lib/connect/audit/store.ts";
import type { ExportEnd, ExportProgress, ExportRequest } from "#lib/connect/admin/exports/export.ts";
import { database } from "#lib/db/client.ts";

/**
 * Whoever reads more slowly is broken off: what stands as running for longer belongs to a process that is
 * gone.
 */
export const LONGEST_EXPORT_SECONDS = 12 * 60 * 60;
/**
 * How long the row of an export that has ended can be asked for; what is worth keeping is in the audit log.
 */
const KEPT_SECONDS = 24 * 60 * 60;

/**
 * Notes that this export begins, with its entry in the audit log. Returns its id: another one than was asked
 * for where that is taken (an address that is opened a second time).
 */
export function startExport(request: ExportRequest): Promise<string> {
  return database().$transaction(async (transaction) => {
    const insert = (id: string) =>
      transaction.export.createMany({
        data: [{ id, createdAt: now(), createdBy: request.admin.userId, estimate: request.estimate }],
        skipDuplicates: true,
      });
    const other = randomUUID();
    const id = (await insert(request.id)).count ? request.id : (await insert(other), other);
    await recordAudit(
      {
        ...entryOf({ ...request, id }),
        outcome: "done",
        detail: { phase: "start", format: request.format, filter: request.filter },
      },
      transaction,
    );
    return id;
  });
}

/**
 * Notes how many rows are written. False when the export is to end here: it has lasted too long, or whoever
 * asked for it has no role any more, neither as an administrator nor as an auditor.
 */
export async function noteExported({ id }: Pick<ExportRequest, "id">, rows: number): Promise<boolean> {
  return (
    (await database().$executeRaw`
    UPDATE connect_export e SET rows = ${rows}::int WHERE e.id = ${id}::uuid AND e.state = 'running' AND e.created_at > ${secondsFromNow(-LONGEST_EXPORT_SECONDS)}
      AND EXISTS (SELECT 1 FROM connect_user u WHERE u.id = e.created_by AND u.role IS NOT NULL)`) > 0
  );
}

/**
 * Notes how an export ended, with its second entry in the audit log. One that is noted as ended stays as it
 * is.
 */
export function endExport(request: ExportRequest, rows: number, end: ExportEnd): Promise<void> {
  return database().$transaction(async (transaction) => {
    const state = end === "whole" ? "done" : "broken_off";
    const { count } = await transaction.export.updateMany({
      where: { id: request.id, state: "running" },
      data: { state, rows },
    });
    if (!count) return;
    await recordAudit(
      {
        ...entryOf(request),
        outcome: end === "failed" ? "failed" : end === "role_taken" ? "refused" : "done",
        detail: { phase: "end", format: request.format, rows, end },
      },
      transaction,
    );
  });
}

/**
 * How far an export is, or null when nobody knows of it. To whoever has a role: they may read what it exports
 * as well.
 */
export function findExport(_admin: AdminUser, id: string): Promise<ExportProgress | null> {
  return database().export.findUnique({ where: { id }, select: { rows: true, estimate: true, state: true } });
}

/**
 * Exports that a process left behind when it was killed are broken off; the rows of those that ended long ago
 * go. Returns how many went.
 */
export async function sweepExports(): Promise<number> {
  await breakOffExports(secondsFromNow(-LONGEST_EXPORT_SECONDS));
  return (
    await database().export.deleteMany({
      where: { state: { not: "running" }, createdAt: { lt: secondsFromNow(-KEPT_SECONDS) } },
    })
  ).count;
}

/**
 * Exports that began before then and are running in the books are broken off: nobody writes them any more.
 */
export async function breakOffExports(before: Date): Promise<void> {
  await database().export.updateMany({
    where: { state: "running", createdAt: { lt: before } },
    data: { state: "broken_off" },
  });
}

function entryOf({ id, origin, action, format }: ExportRequest): Omit<NewAuditEntry, "outcome"> {
  const what = action === "audit_log.export" ? "Audit log" : "Linked accounts";
  return {
    ...origin,
    action,
    targetType: "export",
    targetId: id,
    target: `${what}, ${format === "csv" ? "CSV" : "NDJSON"}`,
  };
}

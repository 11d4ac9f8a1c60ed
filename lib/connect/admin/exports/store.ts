import "server-only";

import { randomUUID } from "node:crypto";

import { now, secondsFromNow } from "#lib/clock.ts";
import type { AdminUser } from "#lib/connect/users/admin-user.ts";
import type { NewAuditEntry } from "#lib/connect/audit/audit-entry.ts";
import { recordAudit } from "#lib/connect/audit/store.ts";
import type { ExportEnd, ExportStatus, ExportRequest } from "#lib/connect/admin/exports/export.ts";
import { database } from "#lib/db/client.ts";

/**
 * Longest duration of an export. A slower reader is disconnected, and a row that is "running" for longer
 * belongs to a process that is gone.
 */
export const LONGEST_EXPORT_SECONDS = 12 * 60 * 60;
/** How long the row of an ended export can be read. The audit log keeps what is needed later. */
const KEPT_SECONDS = 24 * 60 * 60;

/**
 * Records the start of an export, with its audit log entry. Returns its id, which is a new one if the
 * requested id is taken (a URL that is opened a second time).
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
 * Records how many rows are written. Returns false if the export has to end here: it has lasted too long, or
 * the user who asked for it is no longer an administrator or an auditor. Takes no proof, because it checks the
 * role in the database.
 */
export async function recordExportedRows({ id }: Pick<ExportRequest, "id">, rows: number): Promise<boolean> {
  return (
    (await database().$executeRaw`
    UPDATE connect_export e SET rows = ${rows}::int WHERE e.id = ${id}::uuid AND e.state = 'running' AND e.created_at > ${secondsFromNow(-LONGEST_EXPORT_SECONDS)}
      AND EXISTS (SELECT 1 FROM connect_user u WHERE u.id = e.created_by AND u.role IS NOT NULL)`) > 0
  );
}

/**
 * Records how an export ended, with its second audit log entry. An export that has already ended does not
 * change.
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
 * Returns the progress of an export, or null if the id is unknown. Any user with a role may read it, since
 * they may also read what it exports.
 */
export function findExport(_admin: AdminUser, id: string): Promise<ExportStatus | null> {
  return database().export.findUnique({ where: { id }, select: { rows: true, estimate: true, state: true } });
}

/**
 * Marks exports that a killed process left behind as broken off. Also deletes the rows of exports that ended
 * long ago. Returns the number of deleted rows. Takes no proof: a background job.
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
 * Marks exports that began before `before` and are still "running" as broken off, because no process writes
 * them any more. Takes no proof: a background job.
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

import type { AdminUser } from "#lib/connect/admin/admin-user.ts";
import type { AuditAction, AuditOrigin } from "#lib/connect/audit/audit-entry.ts";

/** The files that there are: for spreadsheets, and for programs (one JSON object a line). */
export type ExportFormat = "csv" | "ndjson";

/**
 * How far an export is, as `GET /admin/exports/{id}` answers it: rows written so far, and about how many
 * there will be.
 */
export type ExportProgress = { rows: number; estimate: number; state: "running" | "done" | "broken_off" };

/** A piece of a file, in UTF-8: it may end in the middle of a row. `count`: how many rows end in it. */
export type ExportBatch = { bytes: Uint8Array; count: number };

/** Where the rows come from. `columns` are their names, in their order. */
export type ExportSource = {
  /** Begins the file's name, such as linked-accounts. */
  name: string;
  columns: readonly string[];
  /** All rows as lines of that format, piece by piece; ended early when the reader goes away. */
  read: (format: ExportFormat) => AsyncGenerator<ExportBatch, void>;
};

/** An export that is asked for: by whom, in which request, of what; `filter` in words. */
export type ExportRequest = {
  id: string;
  admin: AdminUser;
  origin: AuditOrigin;
  action: Extract<AuditAction, "linked_account.export" | "audit_log.export">;
  format: ExportFormat;
  filter: string;
  estimate: number;
};

/**
 * How an export ended: whole, because the reader went away, because their role was taken, or by a failure of
 * ours.
 */
export type ExportEnd = "whole" | "reader_gone" | "role_taken" | "failed";

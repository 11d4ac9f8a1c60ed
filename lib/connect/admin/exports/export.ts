import type { AdminUser } from "#lib/connect/users/admin-user.ts";
import type { AuditAction, AuditOrigin } from "#lib/connect/audit/audit-entry.ts";

/** The file formats: CSV for spreadsheets, and NDJSON (one JSON object per line) for programs. */
export type ExportFormat = "csv" | "ndjson";

/**
 * The progress of an export, as `GET /admin/exports/{id}` returns it. `rows` is the number of rows written so
 * far, and `estimate` the estimated total.
 */
export type ExportStatus = { rows: number; estimate: number; state: "running" | "done" | "broken_off" };

/**
 * A chunk of a file, in UTF-8, which may end in the middle of a row. `count` is the number of rows that end
 * in it.
 */
export type ExportBatch = { bytes: Uint8Array; count: number };

/** Where the rows come from. `columns` are their names, in order. */
export type ExportSource = {
  /** First part of the file name, such as linked-accounts. */
  name: string;
  columns: readonly string[];
  /** Yields all rows as lines of this format, in chunks. Ends early if the reader disconnects. */
  read: (format: ExportFormat) => AsyncGenerator<ExportBatch, void>;
};

/** A requested export: who asked, in which request, and for what. `filter` is in words. */
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
 * How an export ended. `whole`: complete. `reader_gone`: the reader disconnected. `role_taken`: the reader
 * lost their role. `failed`: an error on our side.
 */
export type ExportEnd = "whole" | "reader_gone" | "role_taken" | "failed";

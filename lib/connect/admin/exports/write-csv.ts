import { stringify } from "csv-stringify/sync";

import type { ExportBatch } from "#lib/connect/admin/exports/export.ts";

// UTF-8, or Excel takes it for the code page of its country.
const BYTE_ORDER_MARK = "\uFEFF";

/** The lists of a row (scopes) are separated by spaces, what has names within it (the details of an entry) stays JSON. */
const flatten = (value: object) => (Array.isArray(value) ? value.join(" ") : JSON.stringify(value));

/** RFC 4180, with its CRLF. A text that a spreadsheet would take for a formula begins with an apostrophe (OWASP, CSV injection). */
const OPTIONS = { escape_formulas: true, record_delimiter: "\r\n", cast: { object: flatten } } as const;

/** The first line of a CSV file: the names of its columns. */
export function csvHead(columns: readonly string[]): string {
  return BYTE_ORDER_MARK + stringify([[...columns]], OPTIONS);
}

/** These rows as lines of CSV. */
export function csvRows({ lines, count }: ExportBatch, columns: readonly string[]): string {
  if (count === 0) return "";
  const rows = JSON.parse(`[${lines.replaceAll("\n", ",")}]`) as Record<string, unknown>[];
  return stringify(rows, { ...OPTIONS, columns: [...columns] });
}

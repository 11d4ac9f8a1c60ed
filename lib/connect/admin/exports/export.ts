/** The files that there are: for spreadsheets, and for programs (one JSON object a line). */
export type ExportFormat = "csv" | "ndjson";

/** How far an export is, as `GET /admin/exports/{id}` answers it: rows written so far, and about how many there will be. */
export type ExportProgress = { rows: number; estimate: number; state: "running" | "done" | "broken_off" };

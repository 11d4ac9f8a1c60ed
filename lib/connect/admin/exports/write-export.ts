import type { ExportEnd, ExportRequest, ExportSource } from "#lib/connect/admin/exports/export.ts";
import { endExport, recordExportedRows } from "#lib/connect/admin/exports/store.ts";

/** Number of rows after which the progress is recorded and the reader's role is checked. */
const RECORDED_EVERY_ROWS = 2_000;
// Tells Excel that the file is UTF-8. Without it, Excel assumes the local code page.
const BYTE_ORDER_MARK = "\uFEFF";

/** Thrown when the reader may no longer read the file: it ends in the middle, and must not look complete. */
class ExportRefusedError extends Error {}

/**
 * Yields the bytes of a file in chunks. Throws in the middle if the file cannot be completed; the caller then
 * has to break the connection. Records how the export ended, also if the reader disconnects.
 */
export async function* writeExport(
  request: ExportRequest,
  source: ExportSource,
): AsyncGenerator<Uint8Array, void> {
  let [rows, recorded] = [0, 0];
  let end: ExportEnd = "reader_gone";
  try {
    // Sent at once, so that the reader sees that the export has begun.
    if (request.format === "csv") yield Buffer.from(`${BYTE_ORDER_MARK}${source.columns.join(",")}\r\n`);
    for await (const { bytes, count } of source.read(request.format)) {
      if (recorded === 0 || rows + count >= recorded + RECORDED_EVERY_ROWS) {
        if (!(await recordExportedRows(request, rows + count)))
          throw new ExportRefusedError("The role was removed, or the export took too long");
        recorded = rows + count;
      }
      rows += count;
      yield bytes;
    }
    end = "whole";
  } catch (error) {
    end = error instanceof ExportRefusedError ? "role_taken" : "failed";
    throw error;
  } finally {
    await endExport(request, rows, end);
  }
}

import type { ExportEnd, ExportRequest, ExportSource } from "#lib/connect/admin/exports/export.ts";
import { endExport, noteExported } from "#lib/connect/admin/exports/store.ts";

/** So often the progress is noted, and it is asked whether the reader has a role still. */
const NOTED_EVERY_ROWS = 2_000;
// UTF-8, or Excel takes it for the code page of its country.
const BYTE_ORDER_MARK = "\uFEFF";

/** The one who reads the file may not any more: it ends in the middle, and must not look whole. */
class ExportRefusedError extends Error {}

/**
 * The bytes of a file, a piece at a time. Throws in the middle when it cannot be whole: the connection has to
 * break then. How it ended is noted, also when the reader goes away.
 */
export async function* writeExport(
  request: ExportRequest,
  source: ExportSource,
): AsyncGenerator<Uint8Array, void> {
  let [rows, noted] = [0, 0];
  let end: ExportEnd = "reader_gone";
  try {
    // At once: the reader sees that it has begun.
    if (request.format === "csv") yield Buffer.from(`${BYTE_ORDER_MARK}${source.columns.join(",")}\r\n`);
    for await (const { bytes, count } of source.read(request.format)) {
      if (noted === 0 || rows + count >= noted + NOTED_EVERY_ROWS) {
        if (!(await noteExported(request, rows + count)))
          throw new ExportRefusedError("The role was removed, or the export took too long");
        noted = rows + count;
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

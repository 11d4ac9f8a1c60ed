import type { ExportBatch, ExportEnd, ExportFormat, ExportRequest, ExportSource } from "#lib/connect/admin/exports/export.ts";
import { endExport, noteExported } from "#lib/connect/admin/exports/store.ts";
import { csvHead, csvRows } from "#lib/connect/admin/exports/write-csv.ts";

/** So often the progress is noted, and it is asked whether the reader has a role still. */
const NOTED_EVERY_ROWS = 2_000;

/** The one who reads the file may not any more: it ends in the middle, and must not look whole. */
class ExportRefusedError extends Error {}

/**
 * The text of a file, a batch at a time: the next one is read while the reader takes this one, and no more than that. Throws in the
 * middle when it cannot be whole: the connection has to break then. How it ended is noted, also when the reader goes away.
 */
export async function* writeExport(request: ExportRequest, source: ExportSource): AsyncGenerator<string, void> {
  let [rows, noted] = [0, 0];
  let end: ExportEnd = "reader_gone";
  try {
    // At once: the reader sees that it has begun.
    if (request.format === "csv") yield csvHead(source.columns);
    for await (const batch of readAhead(source.read())) {
      if (rows === 0 || rows + batch.count >= noted + NOTED_EVERY_ROWS) {
        if (!(await noteExported(request, rows + batch.count))) throw new ExportRefusedError("The role was taken, or the export has lasted too long");
        noted = rows + batch.count;
      }
      rows += batch.count;
      yield textOf(request.format, batch, source);
    }
    end = "whole";
  } catch (error) {
    end = error instanceof ExportRefusedError ? "role_taken" : "failed";
    throw error;
  } finally {
    await endExport(request, rows, end);
  }
}

/** Reads a batch ahead. Whoever ends it early ends the reading too, which may hold a transaction. */
async function* readAhead(batches: AsyncGenerator<ExportBatch, void>): AsyncGenerator<ExportBatch, void> {
  try {
    for (let reading = batches.next(); ;) {
      const { done, value } = await reading;
      if (done) return;
      reading = batches.next();
      // Heard when it is awaited; a reader who goes away meanwhile never awaits it.
      reading.catch(() => {});
      if (value.count) yield value;
    }
  } finally {
    await batches.return();
  }
}

const textOf = (format: ExportFormat, batch: ExportBatch, { columns }: ExportSource) =>
  (format === "csv" ? csvRows(batch, columns) : `${batch.lines}\n`);

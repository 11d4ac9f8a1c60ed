import type { ExportBatch } from "#lib/connect/admin/exports/export.ts";

/** A statement, and what it makes of the memory, is paid once for so many rows. */
export const BATCH_ROWS = 2_000;

/** All rows by a key: each statement begins behind the last line of the one before (null: at the beginning). Nothing is held between two. */
export async function* readByKey(readLines: (after: string | null) => Promise<ExportBatch>): AsyncGenerator<ExportBatch, void> {
  for (let after: string | null = null; ;) {
    const batch: ExportBatch = await readLines(after);
    yield batch;
    if (batch.count < BATCH_ROWS) return;
    after = batch.lines.slice(batch.lines.lastIndexOf("\n") + 1);
  }
}

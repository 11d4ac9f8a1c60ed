/** A database connection for a loader, with a way to insert many rows at once. */
export type BulkConnection = {
  /** Runs one statement with numbered values ($1). Returns its rows. */
  query: <Row>(sql: string, values?: unknown[]) => Promise<Row[]>;
  /** Copies these lines, in PostgreSQL's text format, into those columns (COPY). */
  copy: (table: string, columns: readonly string[], lines: Iterable<string>) => Promise<void>;
  close: () => Promise<void>;
};

/** Runs `work` in one transaction: everything that it does is applied, or nothing. */
export async function inTransaction(connection: BulkConnection, work: () => Promise<void>): Promise<void> {
  await connection.query("BEGIN");
  try {
    await work();
    await connection.query("COMMIT");
  } catch (error) {
    await connection.query("ROLLBACK").catch(() => {});
    throw error;
  }
}

/** Returns the statement that `copy` sends. `source` is where the lines come from. */
export const copyFrom = (table: string, columns: readonly string[], source: string) =>
  `COPY ${table} (${columns.join(", ")}) FROM ${source}`;

/** Joins several lines into one piece, because a call for each line would cost more than the line itself. */
export function* inPieces(lines: Iterable<string>, size = 500): Generator<Buffer> {
  let piece: string[] = [];
  for (const line of lines) {
    piece.push(line);
    if (piece.length === size) {
      yield Buffer.from(piece.join(""));
      piece = [];
    }
  }
  if (piece.length) yield Buffer.from(piece.join(""));
}

/** A database as a loader needs it: one connection, and a way to bring in many rows at once. */
export type BulkConnection = {
  /** Runs one statement; values are numbered ($1). Returns its rows. */
  query: <Row>(sql: string, values?: unknown[]) => Promise<Row[]>;
  /** COPY of these lines, in PostgreSQL's text format, into those columns. */
  copy: (table: string, columns: readonly string[], lines: Iterable<string>) => Promise<void>;
  close: () => Promise<void>;
};

/** Everything that `work` does, or nothing. */
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

/** The statement that `copy` sends; `source` is where the lines come from. */
export const copyFrom = (table: string, columns: readonly string[], source: string) =>
  `COPY ${table} (${columns.join(", ")}) FROM ${source}`;

/** Several lines at a time: a call for each would cost more than the line. */
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

import { reencrypt } from "#lib/crypto/reencrypt.ts";
import { database } from "#lib/db/client.ts";

/**
 * A table with ciphertexts: where they are, and what they are bound to. All names are SQL identifiers written
 * in this code; none comes from outside.
 */
export type SealedTable = {
  /** Name for the progress display. */
  what: string;
  table: string;
  key: { column: string; type: "uuid" | "text" };
  /** Columns that the contexts use besides the key. */
  facts: string[];
  /** Columns that hold ciphertext or null. */
  columns: string[];
  /** Returns the `context` of lib/crypto/encrypt.ts for the value of that column. */
  contextOf: (row: Record<string, string>, column: string) => string;
};

/** How many rows were checked, and how many there are. */
export type RotationProgress = { what: string; done: number; total: number };

/**
 * The result for a table. Unreadable ciphertexts are counted by the name of their key, and left unchanged.
 */
export type RotationTally = {
  what: string;
  reencrypted: number;
  current: number;
  unreadable: Record<string, number>;
};

type Row = Record<string, string | null> & { key: string };
type Replacement = { key: string } & Record<`from_${string}` | `to_${string}`, string | null>;

const BATCH = 100;
/**
 * If another process keeps changing the rows of a batch, the batch is left as it is after this many attempts:
 * the new values are under the first key.
 */
const ATTEMPTS = 5;
const FIRST_KEY = { uuid: "00000000-0000-0000-0000-000000000000", text: "" };

/**
 * Re-encrypts everything that is stored in that table under the first key, in batches in key order. A value
 * that another process changes at the same time is not overwritten; the row is read again. This is stricter
 * than comparing a version. If stopped at any moment, nothing is lost, and the next run does the rest. `say`
 * may throw, to stop it.
 */
export async function reencryptTable(
  table: SealedTable,
  say: (progress: RotationProgress) => void,
): Promise<RotationTally> {
  const tally: RotationTally = { what: table.what, reencrypted: 0, current: 0, unreadable: {} };
  // The statement names the table and its columns, which vary.
  const [counted] = await database().$queryRawUnsafe<{ total: number }[]>(
    `SELECT count(*)::int AS total FROM ${table.table} WHERE ${anyOf(table)}`,
  );
  let [after, done] = [FIRST_KEY[table.key.type], 0];
  for (;;) {
    say({ what: table.what, done, total: Math.max(done + 1, counted!.total) });
    const last = await reencryptBatch(table, after, tally);
    if (!last) break;
    after = last.key;
    done += last.rows;
  }
  say({ what: table.what, done, total: done });
  return tally;
}

/**
 * Re-encrypts one batch after that key. Repeats it until no row was changed by another process in between.
 * Returns null if no row is left.
 */
async function reencryptBatch(
  table: SealedTable,
  after: string,
  tally: RotationTally,
): Promise<{ key: string; rows: number } | null> {
  let replaced = 0;
  for (let attempt = 1; ; attempt++) {
    const rows = await readBatch(table, after);
    if (rows.length === 0) return null;
    const seen = { reencrypted: 0, current: 0, unreadable: {} as Record<string, number> };
    const replacements = rows.flatMap((row) => replacementOf(table, row, seen) ?? []);
    const written = replacements.length ? await replace(table, replacements) : [];
    replaced += written.reduce((sum, { count }) => sum + count, 0);
    if (written.length === replacements.length || attempt === ATTEMPTS) {
      tally.reencrypted += replaced;
      // Values that an earlier attempt at this batch has encrypted are now counted as current.
      tally.current += Math.max(0, seen.current - (replaced - seen.reencrypted));
      for (const [keyId, count] of Object.entries(seen.unreadable))
        tally.unreadable[keyId] = (tally.unreadable[keyId] ?? 0) + count;
      return { key: rows.at(-1)!.key, rows: rows.length };
    }
  }
}

function replacementOf(table: SealedTable, row: Row, seen: Omit<RotationTally, "what">): Replacement | null {
  const replacement: Replacement = { key: row.key };
  let isStale = false;
  for (const column of table.columns) {
    const stored = row[column] ?? null;
    replacement[`from_${column}`] = replacement[`to_${column}`] = stored;
    if (stored === null) continue;
    const outcome = reencrypt(stored, table.contextOf(row as Record<string, string>, column));
    if (outcome.result === "unreadable")
      seen.unreadable[outcome.keyId] = (seen.unreadable[outcome.keyId] ?? 0) + 1;
    else seen[outcome.result]++;
    if (outcome.result === "reencrypted") {
      replacement[`to_${column}`] = outcome.ciphertext;
      isStale = true;
    }
  }
  return isStale ? replacement : null;
}

function readBatch({ table, key, facts, columns, ...rest }: SealedTable, after: string): Promise<Row[]> {
  // The statement names the table and its columns, which vary.
  return database().$queryRawUnsafe<Row[]>(
    `SELECT ${key.column}::text AS key, ${[...facts, ...columns].join(", ")} FROM ${table}
     WHERE ${key.column} > $1::${key.type} AND ${anyOf({ table, key, facts, columns, ...rest })} ORDER BY ${key.column} LIMIT ${BATCH}`,
    after,
  );
}

/**
 * Writes, in one statement, the rows that still hold what was read. Returns how many values each written row
 * got. Takes the row locks in key order.
 */
async function replace(
  { table, key, columns }: SealedTable,
  replacements: Replacement[],
): Promise<{ count: number }[]> {
  const fields = columns.map((column) => `from_${column} text, to_${column} text`).join(", ");
  const unchanged = columns
    .map((column) => `t.${column} IS NOT DISTINCT FROM r.from_${column}`)
    .join(" AND ");
  // The statement names the table and its columns, which vary.
  return database().$queryRawUnsafe<{ count: number }[]>(
    `WITH r AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS r(key ${key.type}, ${fields})),
     locked AS (SELECT t.${key.column} AS key FROM ${table} t JOIN r ON t.${key.column} = r.key WHERE ${unchanged} ORDER BY t.${key.column} FOR UPDATE OF t)
     UPDATE ${table} t SET ${columns.map((column) => `${column} = r.to_${column}`).join(", ")}
     FROM r JOIN locked USING (key) WHERE t.${key.column} = r.key
     RETURNING ${columns.map((column) => `(r.from_${column} IS DISTINCT FROM r.to_${column})::int`).join(" + ")} AS count`,
    JSON.stringify(replacements),
  );
}

const anyOf = ({ columns }: SealedTable) =>
  `(${columns.map((column) => `${column} IS NOT NULL`).join(" OR ")})`;

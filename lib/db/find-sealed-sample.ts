import { database } from "#lib/db/client.ts";
import type { SealedTable } from "#lib/db/reencrypt-table.ts";

/** A stored ciphertext with the context that it was bound to (`context` of lib/crypto/encrypt.ts). */
export type SealedSample = { ciphertext: string; context: string };

/** Returns one ciphertext of that table, or null if it has none. */
export async function findSealedSample({
  table,
  key,
  facts,
  columns,
  contextOf,
}: SealedTable): Promise<SealedSample | null> {
  // The statement names the table and its columns, which vary.
  const [row] = await database().$queryRawUnsafe<Record<string, string>[]>(
    `SELECT ${key.column}::text AS key, ${[...facts, ...columns].join(", ")} FROM ${table}
     WHERE ${columns.map((column) => `${column} IS NOT NULL`).join(" OR ")} LIMIT 1`,
  );
  const column = row && columns.find((name) => row[name]);
  return column ? { ciphertext: row[column]!, context: contextOf(row, column) } : null;
}

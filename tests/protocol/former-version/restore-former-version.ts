import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { EmbeddedTransaction } from "#lib/db/embedded-database.ts";
import { adapterOf } from "#lib/db/embedded.ts";
import { migrate } from "#lib/db/migrate.ts";
import { fillNewEmbedded } from "#lib/db/open.ts";
import { loadBackup } from "#lib/server/operator/backup/load-backup.ts";
import { BackupReader } from "#lib/server/operator/backup/read-backup.ts";
import type { Browser } from "#tests/factories/browser.ts";
import type { TestAccount } from "#tests/factories/make-account.ts";
import type { TestApplication } from "#tests/factories/make-application.ts";

const here = (name: string) => join(import.meta.dirname, name);

/** What the people, their browsers and the application knew that used version 0.1.0 at `http://localhost:{port}`. */
export const known = JSON.parse(readFileSync(here("known.json"), "utf8")) as {
  port: number;
  connected: { account: TestAccount; cookies: Browser["cookies"] };
  administrator: { cookies: Browser["cookies"] };
  other: {
    application: TestApplication;
    account: TestAccount;
    tokens: { access_token: string; refresh_token: string };
  };
};

/**
 * Creates the embedded database of version 0.1.0 (commit b866fff1) in that folder: the migrations that it
 * had, and the rows that its own `npm run backup -- FILE --with-secrets` wrote. Returns the secrets of that
 * server. They are test values.
 *
 * Every time is moved by the age of the backup, so that the rows are as old as they were then and nothing in
 * them expires.
 */
export async function restoreFormerVersion(folder: string): Promise<Record<string, string>> {
  const reader = new BackupReader(here("connected.backup"));
  try {
    const { migration, madeAt, secrets } = await reader.readHeader();
    await fillNewEmbedded(folder, async (pglite) => {
      await migrate(adapterOf(pglite), migration);
      await pglite.transaction(async (transaction) => {
        await loadBackup(reader, { query: queryIn(transaction), copy: copyInto(transaction) });
        await moveTimes(transaction, Math.round((Date.now() - Date.parse(madeAt)) / 1000));
      });
    });
    return secrets!;
  } finally {
    await reader.close();
  }
}

const queryIn =
  (transaction: EmbeddedTransaction) =>
  async <Row>(sql: string) =>
    (await transaction.query<Row>(sql)).rows;

const copyInto =
  (transaction: EmbeddedTransaction) =>
  async (statement: string, rows: AsyncIterable<Uint8Array>): Promise<void> => {
    const pieces: BlobPart[] = [];
    for await (const piece of rows) pieces.push(piece as BlobPart);
    const blob = new Blob(pieces);
    if (blob.size > 0) await transaction.query(`${statement} FROM '/dev/blob'`, [], { blob });
  };

/** Adds that many seconds to every stored time, in columns and in the payloads of codes and tokens. */
async function moveTimes(transaction: EmbeddedTransaction, seconds: number): Promise<void> {
  const by = `make_interval(secs => ${seconds})`;
  const { rows } = await transaction.query<{ table: string; columns: string[] }>(
    `SELECT c.table_name AS table, array_agg(c.column_name::text) AS columns FROM information_schema.columns c
     JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND table_name <> '_prisma_migrations'
       AND c.data_type = 'timestamp with time zone' AND c.is_generated = 'NEVER' GROUP BY 1`,
  );
  await transaction.exec("SET LOCAL session_replication_role = replica");
  for (const { table, columns } of rows)
    await transaction.exec(
      `UPDATE "${table}" SET ${columns.map((column) => `"${column}" = "${column}" + ${by}`).join(", ")}`,
    );
  // Numbers above a billion are seconds since 1970 (RFC 7519 §2, NumericDate).
  await transaction.exec(
    `UPDATE legrand_artifact SET payload = (
       SELECT jsonb_object_agg(key, CASE WHEN jsonb_typeof(value) = 'number' AND value::text::numeric > 1e9
         THEN to_jsonb(value::text::numeric + ${seconds}) ELSE value END) FROM jsonb_each(payload))`,
  );
}

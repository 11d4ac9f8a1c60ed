import { createHash, randomUUID } from "node:crypto";
import { createWriteStream, existsSync, openSync, renameSync, rmSync, statSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import {
  BackupError,
  END_OF_ROWS,
  FIRST_LINE,
  type BackupEnd,
  type BackupHeader,
} from "#lib/server/operator/backup/backup-format.ts";
import type { BackupSource } from "#lib/server/operator/backup/backup-source.ts";
import { listTables } from "#lib/server/operator/backup/list-tables.ts";

/** The content of a backup in numbers, and its size. */
export type BackupSummary = { tables: number; rows: number; bytes: number };
/** Receives how many tables are done. May throw, to end the backup. */
export type SayProgress = (progress: { what: string; done: number; total: number }) => void;

const LAST_MIGRATION =
  "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY 1 DESC LIMIT 1";

/**
 * Writes every row of the source to a new file that only its owner may read. The file has a temporary name in
 * the same folder until it is complete and on the disk. Throws `BackupError` if the file exists or cannot be
 * written.
 */
export async function writeBackup(
  source: BackupSource,
  file: string,
  header: Omit<BackupHeader, "migration">,
  say: SayProgress,
): Promise<BackupSummary> {
  if (existsSync(file))
    throw new BackupError(`${file} exists already. Name another file. Nothing was written.`);
  const beside = `${file}.${randomUUID()}.part`;
  const counts = { tables: 0, rows: 0 };
  try {
    const output = createWriteStream(beside, { fd: openSync(beside, "wx", 0o600), flush: true });
    await pipeline(Readable.from(contentOf(source, header, counts, say)), output);
    const bytes = statSync(beside).size;
    renameSync(beside, file);
    return { ...counts, bytes };
  } catch (error) {
    rmSync(beside, { force: true });
    throw isFileFailure(error)
      ? new BackupError(`The backup could not be written to ${file}: ${error.message}`)
      : error;
  }
}

/**
 * True if writing the file failed. A broken PostgreSQL connection is a failed system call too, but of a read.
 */
const isFileFailure = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error &&
  ["open", "write", "fsync", "stat", "rename"].includes((error as NodeJS.ErrnoException).syscall ?? "");

/** Yields the whole file, piece by piece. Adds to `counts` what it wrote. */
async function* contentOf(
  source: BackupSource,
  header: Omit<BackupHeader, "migration">,
  counts: { tables: number; rows: number },
  say: SayProgress,
): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  const hashed = (piece: Uint8Array) => {
    hash.update(piece);
    return piece;
  };
  const [last] = await source.query<{ name: string }>(LAST_MIGRATION);
  yield hashed(line(FIRST_LINE));
  yield hashed(line(JSON.stringify({ ...header, migration: last!.name } satisfies BackupHeader)));
  const tables = await listTables(source.query);
  for (const table of tables) {
    say({ what: "Tables", done: counts.tables, total: tables.length });
    yield hashed(line(`table ${JSON.stringify(table)}`));
    for await (const piece of source.copy(table)) {
      counts.rows += countLines(piece);
      yield hashed(piece);
    }
    yield hashed(line(END_OF_ROWS));
    counts.tables++;
  }
  say({ what: "Tables", done: counts.tables, total: tables.length });
  yield line(`end ${JSON.stringify({ ...counts, sha256: hash.digest("hex") } satisfies BackupEnd)}`);
}

const line = (text: string): Uint8Array => Buffer.from(`${text}\n`);

/** Counts the rows of a piece. Each row is one line, because COPY escapes line feeds within values. */
function countLines(piece: Uint8Array): number {
  let count = 0;
  for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) count++;
  return count;
}

import { now } from "#lib/clock.ts";
import { findDatabase } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import type { BackupHeader } from "#lib/server/operator/backup/backup-format.ts";
import { readEmbedded, readPostgres, type BackupSource } from "#lib/server/operator/backup/backup-source.ts";
import { fingerprintsOf } from "#lib/server/operator/backup/restore-secrets.ts";
import {
  writeBackup,
  type BackupSummary,
  type SayProgress,
} from "#lib/server/operator/backup/write-backup.ts";
import { SECRET_NAMES } from "#lib/server/boot/secrets.ts";

/** What to back up, and to which file (an absolute path). */
export type BackupRequest = { file: string; withSecrets: boolean };

/**
 * Writes a backup of the database of this process: the embedded one that it has open, or the PostgreSQL
 * database of DATABASE_URL. Throws `BackupError` if the file exists or cannot be written.
 */
export function makeBackup({ file, withSecrets }: BackupRequest, say: SayProgress): Promise<BackupSummary> {
  const header: Omit<BackupHeader, "migration"> = {
    madeAt: now().toISOString(),
    keys: fingerprintsOf(process.env.TOKEN_ENCRYPTION_KEYS!),
    ...(withSecrets
      ? { secrets: Object.fromEntries(SECRET_NAMES.map((name) => [name, process.env[name]!])) }
      : {}),
  };
  const write = (source: BackupSource) => writeBackup(source, file, header, say);
  const { databaseUrl } = env();
  return databaseUrl ? readPostgres(databaseUrl, write) : readEmbedded(findDatabase()!.embedded!, write);
}

/** Returns the lines that the command prints after a backup. */
export function describeBackup(
  { file, withSecrets }: BackupRequest,
  { tables, rows, bytes }: BackupSummary,
): string[] {
  const size = bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
  return [
    `${rows.toLocaleString("en")} rows of ${tables} tables are in ${file} (${size}). Restore them with: npm run restore -- ${file}`,
    withSecrets
      ? "The file contains the encryption keys and the other secrets: store it as securely as a password."
      : "The file does not contain the encryption keys, and cannot be restored without them: keep secrets.json, or the value of TOKEN_ENCRYPTION_KEYS, in another place.",
  ];
}

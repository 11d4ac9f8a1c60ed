import { randomBytes } from "node:crypto";
import { join } from "node:path";

import { randomToken } from "#lib/crypto/random-token.ts";
import { explainFileError } from "#lib/db/explain-file-error.ts";
import { withFileLock } from "#lib/db/lock.ts";
import { makeDataFolder, removeIfEmpty } from "#lib/db/make-data-folder.ts";
import { hasEmbeddedDatabase } from "#lib/db/has-embedded-database.ts";
import { readSecrets, type SecretValues } from "#lib/server/boot/read-secrets.ts";
import { recoverReplacedFile, replaceFile } from "#lib/server/boot/replace-file.ts";
import { StartError } from "#lib/start-error.ts";

/** File in the data folder with the secrets that the environment does not set. */
export const SECRETS_FILE = "secrets.json";

const MAKE = {
  AUTH_SECRET: () => randomToken(),
  TOKEN_ENCRYPTION_KEYS: () => `k1:${randomBytes(32).toString("base64")}`,
  LEGRAND_COOKIE_KEYS: () => randomToken(),
  LEGRAND_CLIENT_SECRET: () => randomToken("lgs_"),
};

/** Name of a secret in the environment and in `secrets.json`. */
export type SecretName = keyof typeof MAKE;
/** Every secret that a server needs. */
export const SECRET_NAMES = Object.keys(MAKE) as SecretName[];

/**
 * Fills in the secrets that the environment does not set, from `secrets.json` in the data folder (mode 0600),
 * which the first start creates.
 *
 * With `mustBeGiven` (PostgreSQL in production, where every process needs the same secrets) nothing is
 * created; returns the names of the missing ones. Throws `StartError` if the file is damaged, or lacks the
 * key of stored data: a new key would not decrypt what the former one encrypted.
 */
export function completeSecrets(
  environment: NodeJS.ProcessEnv,
  folder: string,
  mustBeGiven: boolean,
): SecretName[] {
  const missing = SECRET_NAMES.filter((name) => !environment[name]);
  if (mustBeGiven || missing.length === 0) return missing;
  const path = join(folder, SECRETS_FILE);
  const kept = readSecrets(path);
  const all = missing.every((name) => kept?.[name])
    ? kept!
    : add(folder, path, missing, Boolean(environment.DATABASE_URL));
  for (const name of missing) environment[name] = all[name];
  return [];
}

/**
 * Adds what the file lacks, or creates the file. If two first starts run at once, one creates it, and both
 * use its content.
 */
function add(folder: string, path: string, missing: SecretName[], isOnPostgres: boolean): SecretValues {
  const isNew = makeDataFolder(folder);
  try {
    return withFileLock(`${path}.lock`, () => {
      recoverReplacedFile(path);
      const kept = readSecrets(path);
      const lacking = missing.filter((name) => !kept?.[name]);
      if (lacking.includes("TOKEN_ENCRYPTION_KEYS")) refuseNewKey(folder, path, kept, isOnPostgres);
      const all = { ...kept, ...Object.fromEntries(lacking.map((name) => [name, MAKE[name]()])) };
      if (lacking.length) replaceFile(path, `${JSON.stringify(all, null, 2)}\n`);
      return all;
    });
  } catch (error) {
    if (isNew) removeIfEmpty(folder);
    throw explainFileError(error, path);
  }
}

/** Throws `StartError` unless a new key is safe, that is, unless nothing can have been encrypted yet. */
function refuseNewKey(folder: string, path: string, kept: SecretValues | null, isOnPostgres: boolean): void {
  if (kept) {
    throw new StartError(
      `${path} has no TOKEN_ENCRYPTION_KEYS, and a new key could not decrypt the stored data. Restore ${path} from your backup, or set TOKEN_ENCRYPTION_KEYS.`,
    );
  }
  if (isOnPostgres || !hasEmbeddedDatabase(folder)) return;
  throw new StartError(
    `${path} is missing, and the database in ${folder} needs the encryption key in it. Restore ${path} from your backup, or set TOKEN_ENCRYPTION_KEYS. To start with an empty database, move ${join(folder, "database")} away.`,
  );
}

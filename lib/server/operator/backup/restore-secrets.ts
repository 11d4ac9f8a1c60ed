import { join } from "node:path";

import { digest } from "#lib/crypto/digest.ts";
import { withFileLock } from "#lib/db/lock.ts";
import { makeDataFolder } from "#lib/db/make-data-folder.ts";
import { BackupError, type BackupHeader } from "#lib/server/operator/backup/backup-format.ts";
import { readSecrets, type SecretValues } from "#lib/server/boot/read-secrets.ts";
import { replaceFile } from "#lib/server/boot/replace-file.ts";
import { SECRET_NAMES, SECRETS_FILE, type SecretName } from "#lib/server/boot/secrets.ts";

/**
 * Returns the digest of each key of TOKEN_ENCRYPTION_KEYS (`id:base64,…`), by its name. A key has 256 random
 * bits, so its digest reveals nothing about it.
 */
export function fingerprintsOf(keys: string): Record<string, string> {
  const entries = keys.split(",").map((entry) => entry.trim().split(":"));
  return Object.fromEntries(
    entries.map(([id = "", key = ""]) => [
      id,
      digest(`backup-key:${Buffer.from(key, "base64").toString("base64")}`),
    ]),
  );
}

/**
 * Makes sure that the restored database can be decrypted: the environment, the secrets file of the folder, or
 * the backup itself must have every key that the backup names. Adds the backup's secrets that neither the
 * environment nor the file has to the file (mode 0600) and to the environment. Throws `BackupError` if a key
 * is missing, and `StartError` if the file is damaged; then nothing was written.
 */
export function restoreSecrets(
  header: BackupHeader,
  environment: NodeJS.ProcessEnv,
  folder: string,
): { written: string | null } {
  const path = join(folder, SECRETS_FILE);
  const kept: SecretValues = readSecrets(path) ?? {};
  const given = (name: SecretName) => environment[name] || kept[name];
  checkKeys(header, given("TOKEN_ENCRYPTION_KEYS") ?? header.secrets?.TOKEN_ENCRYPTION_KEYS);
  const added = Object.fromEntries(
    SECRET_NAMES.filter((name) => !given(name) && header.secrets?.[name]).map((name) => [
      name,
      header.secrets![name]!,
    ]),
  );
  if (Object.keys(added).length === 0) return { written: null };
  makeDataFolder(folder);
  withFileLock(`${path}.lock`, () =>
    replaceFile(path, `${JSON.stringify({ ...readSecrets(path), ...added }, null, 2)}\n`),
  );
  Object.assign(environment, added);
  return { written: path };
}

function checkKeys(header: BackupHeader, keys: string | undefined): void {
  const present = keys ? fingerprintsOf(keys) : {};
  const missing = Object.entries(header.keys)
    .filter(([id, fingerprint]) => present[id] !== fingerprint)
    .map(([id]) => id);
  if (missing.length === 0) return;
  throw new BackupError(
    [
      `The tokens in this backup are encrypted with ${missing.length === 1 ? `the key ${missing[0]}` : `the keys ${missing.join(", ")}`}, and ${keys ? "the keys here are different" : "there is no key here"}.`,
      "Copy secrets.json from the former data folder, or set TOKEN_ENCRYPTION_KEYS to the former value, or restore a backup made with --with-secrets. Nothing was restored.",
    ].join(" "),
  );
}

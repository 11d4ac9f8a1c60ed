import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { randomBytes } from "node:crypto";

import { randomToken } from "#lib/crypto/random-token.ts";

/** File of the data folder with the secrets that the environment leaves out. */
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
 * Fills in the secrets that the environment leaves out: from `secrets.json` in the data folder (mode 0600), made at the first
 * start. With `mustBeGiven` (PostgreSQL in production: other processes have to have the same ones) nothing is made; then the
 * names of those that are missing are returned.
 */
export function completeSecrets(environment: NodeJS.ProcessEnv, folder: string, mustBeGiven: boolean): SecretName[] {
  const missing = SECRET_NAMES.filter((name) => !environment[name]);
  if (mustBeGiven || missing.length === 0) return missing;
  const path = join(folder, SECRETS_FILE);
  if (!existsSync(path)) publish(folder, path);
  const kept = complete(path, JSON.parse(readFileSync(path, "utf8")) as Partial<Record<SecretName, string>>);
  for (const name of missing) environment[name] = kept[name];
  return [];
}

/** The file of an earlier version gets what it lacks, whole or not at all: a kill in between leaves the former file. */
function complete(path: string, kept: Partial<Record<SecretName, string>>): Record<SecretName, string> {
  const all = Object.fromEntries(SECRET_NAMES.map((name) => [name, kept[name] || MAKE[name]()])) as Record<SecretName, string>;
  if (SECRET_NAMES.every((name) => kept[name])) return all;
  writeFileSync(`${path}.${process.pid}`, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.${process.pid}`, path);
  return all;
}

/** Makes all of them and publishes the file whole. Of two first starts at once one publishes; both then read the same file. */
function publish(folder: string, path: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const beside = `${path}.${process.pid}`;
  const secrets = Object.fromEntries(SECRET_NAMES.map((name) => [name, MAKE[name]()]));
  writeFileSync(beside, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  try {
    linkSync(beside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(beside);
  }
}

import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { randomBytes } from "node:crypto";

import { randomToken } from "#lib/crypto/random-token.ts";

const FILE = "secrets.json";

const MAKE = {
  AUTH_SECRET: () => randomToken(),
  TOKEN_ENCRYPTION_KEYS: () => `k1:${randomBytes(32).toString("base64")}`,
  LEGRAND_COOKIE_KEYS: () => randomToken(),
  LEGRAND_CLIENT_SECRET: () => randomToken("lgs_"),
};

type SecretName = keyof typeof MAKE;
const NAMES = Object.keys(MAKE) as SecretName[];

/**
 * Fills in the secrets that the environment leaves out: from `secrets.json` in the data folder (mode 0600), made at the first
 * start. With `mustBeGiven` (PostgreSQL in production: other processes have to have the same ones) nothing is made; then the
 * names of those that are missing are returned.
 */
export function completeSecrets(environment: NodeJS.ProcessEnv, folder: string, mustBeGiven: boolean): SecretName[] {
  const missing = NAMES.filter((name) => !environment[name]);
  if (mustBeGiven || missing.length === 0) return missing;
  const path = join(folder, FILE);
  const kept = readKept(path);
  const lacking = missing.filter((name) => !kept[name]);
  for (const name of lacking) kept[name] = MAKE[name]();
  if (lacking.length) writeKept(folder, path, kept);
  for (const name of missing) environment[name] = kept[name];
  return [];
}

function readKept(path: string): Partial<Record<SecretName, string>> {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Partial<Record<SecretName, string>>) : {};
}

/** Whole or not at all: a kill in between leaves the former file. */
function writeKept(folder: string, path: string, secrets: Partial<Record<SecretName, string>>): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const beside = `${path}.${process.pid}`;
  writeFileSync(beside, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  chmodSync(beside, 0o600);
  renameSync(beside, path);
}

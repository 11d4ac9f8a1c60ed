import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";

/** Secrets of this run; everything else has its default. */
export const SECRETS = {
  AUTH_SECRET: randomBytes(32).toString("base64"),
  TOKEN_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString("base64")}`,
  LEGRAND_COOKIE_KEYS: randomBytes(32).toString("base64"),
  LEGRAND_CLIENT_SECRET: randomBytes(32).toString("base64url"),
};

const SETTINGS = [
  "PORT",
  "HOST",
  "ORIGIN",
  "HSTS_INCLUDE_SUBDOMAINS",
  "DATA_DIR",
  "DATABASE_URL",
  "LEGRAND_CLIENT_ID",
  "LEGRAND_AUTHORIZE_URL",
  "LEGRAND_TOKEN_URL",
  "LEGRAND_API_URL",
  "LEGRAND_ISSUER",
  "LEGRAND_HOME_CONTROL_URL",
  "LEGRAND_SUBSCRIPTION_KEY",
  "LEGRAND_SCOPES",
  "ADMIN_EMAILS",
  "SANDBOX_ACCOUNTS",
  "SANDBOX_REFRESH_OVERLAP_SECONDS",
  "SANDBOX_REFRESH_MAX_DAYS",
  "SANDBOX_AUTHORIZE_MAX_BYTES",
  "CONNECTS_AT_ONCE",
  "TRUST_PROXY",
  "SMTP_URL",
  "MAIL_FROM",
  "CONNECT_MAIL_FROM",
  "MAIL_CLIENT_SECRET",
  "DATABASE_MIGRATION_URL",
  "DATABASE_POOL_SIZE",
  "DATABASE_STATEMENT_TIMEOUT_SECONDS",
  "DATABASE_PREPARED_STATEMENTS",
  "DATABASE_SYNC",
  "LOG_REQUESTS",
  "METRICS_PORT",
  "METRICS_HOST",
  "KEEP_ALIVE_SECONDS",
  "STOP_DELAY_SECONDS",
  "STOP_GRACE_SECONDS",
];

/**
 * Sets the application's environment to these variables and the secrets above; `undefined` removes a
 * variable. Modules imported afterwards read it again, although the application reads it once per process.
 */
export function setEnvironment(variables: Record<string, string | undefined> = {}): void {
  for (const name of SETTINGS) delete process.env[name];
  for (const [name, value] of Object.entries<string | undefined>({ ...SECRETS, ...variables })) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  vi.resetModules();
}

/** Creates a folder that is deleted when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "legrand-connect-unit-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

import nextEnv from "@next/env";

import { SETTING_NAMES } from "#lib/env.ts";
import { StartError } from "#lib/start-error.ts";

/**
 * What next-auth would read by itself and put before, or in place of, what Connect says: lib/utils/env.js of
 * @auth/core.
 */
const isReadByNextAuth = (name: string) =>
  name === "AUTH_REDIRECT_PROXY_URL" || name.startsWith("AUTH_LEGRAND_");

/**
 * Reads the `.env` files of the working directory into the environment, those that Next reads, and before
 * anything else reads a setting: the start, the commands and the pages then see the same ones. A variable
 * that the shell has set wins. Next reads the files once in a process, and does not read them again. Removes
 * what only next-auth would read. Throws `StartError` if a file cannot be read.
 */
export function loadEnvironment(isDevelopment = process.env.NODE_ENV === "development"): void {
  nextEnv.loadEnvConfig(process.cwd(), isDevelopment, { info: () => {}, error: refuse });
  for (const name of Object.keys(process.env).filter(isReadByNextAuth)) delete process.env[name];
}

/** To go on with a part of the settings is worse than to end. */
function refuse(sentence: string, reason: unknown): never {
  throw new StartError(`${sentence}: ${reason instanceof Error ? reason.message : String(reason)}`, reason);
}

/**
 * Keeps the settings as they are now, those that are not set included. In development Next reads a changed
 * `.env` file again, from the environment before the first reading on: that would take away the secrets that
 * the start has completed, and give the pages other settings than the start has. Called when the server is
 * ready: Next has set variables of its own by then.
 */
export function keepEnvironment(): void {
  const removed = Object.keys(nextEnv.initialEnv ?? {}).map((name): [string, undefined] => [name, undefined]);
  const unset = SETTING_NAMES.map((name): [string, string] => [name, ""]);
  nextEnv.updateInitialEnv({ ...Object.fromEntries([...removed, ...unset]), ...process.env });
}

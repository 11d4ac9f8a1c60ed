import nextEnv from "@next/env";

import { SETTING_NAMES } from "#lib/env.ts";
import { StartError } from "#lib/start-error.ts";

/**
 * True for a variable that next-auth reads by itself and prefers to Connect's own settings (lib/utils/env.js
 * of @auth/core).
 */
const isReadByNextAuth = (name: string) =>
  name === "AUTH_REDIRECT_PROXY_URL" || name.startsWith("AUTH_LEGRAND_");

/**
 * Reads the `.env` files of the working directory into the environment: the same files as Next, before any
 * setting is read, so that the start, the commands and the pages see the same settings. A variable that the
 * shell has set wins. Next reads the files once per process, and does not read them again. Removes the
 * variables that only next-auth would read. Throws `StartError` if a file cannot be read.
 */
export function loadEnvironment(isDevelopment = process.env.NODE_ENV === "development"): void {
  nextEnv.loadEnvConfig(process.cwd(), isDevelopment, { info: () => {}, error: refuse });
  for (const name of Object.keys(process.env).filter(isReadByNextAuth)) delete process.env[name];
}

/** Throws, because running with a part of the settings is worse than not starting. */
function refuse(sentence: string, reason: unknown): never {
  throw new StartError(`${sentence}: ${reason instanceof Error ? reason.message : String(reason)}`, reason);
}

/**
 * Freezes the settings as they are now, including those that are not set.
 *
 * In development Next reads a changed `.env` file again, on top of the environment as it was before the first
 * read. That would lose the secrets that the start has added, and give the pages other settings than the
 * start has. Called when the server is ready, because by then Next has set its own variables.
 */
export function keepEnvironment(): void {
  const removed = Object.keys(nextEnv.initialEnv ?? {}).map((name): [string, undefined] => [name, undefined]);
  const unset = SETTING_NAMES.map((name): [string, string] => [name, ""]);
  nextEnv.updateInitialEnv({ ...Object.fromEntries([...removed, ...unset]), ...process.env });
}

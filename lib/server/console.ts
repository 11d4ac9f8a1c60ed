import { format } from "node:util";

import { now } from "#lib/clock.ts";
import { redact } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";

const LEVELS = { debug: "info", log: "info", info: "info", warn: "warn", error: "error" } as const;
const IS_LINE = /^\{"level":/;

/**
 * Whether a person reads what this process prints: at a terminal, or where the origin is this machine.
 * Everywhere else it is for a program, a line of JSON each. Asked before the environment has been checked.
 */
export function isForPeople(): boolean {
  const { ORIGIN } = process.env;
  return process.stdout.isTTY || !ORIGIN || URL.parse(ORIGIN)?.hostname === "localhost";
}

/**
 * Makes a line of JSON of whatever is printed for the log, by Next and other packages too, and takes out what
 * looks like a credential.
 */
export function printLinesOnly(): void {
  for (const [method, level] of Object.entries(LEVELS) as [keyof typeof LEVELS, string][]) {
    const print = console[method].bind(console);
    console[method] = (...values: unknown[]) => {
      const text = format(...values);
      if (IS_LINE.test(text)) return print(text);
      if (text.trim())
        print(
          JSON.stringify({
            level,
            at: now().toISOString(),
            requestId: currentRequestId(),
            detail: redact(text.trim()),
          }),
        );
    };
  }
}

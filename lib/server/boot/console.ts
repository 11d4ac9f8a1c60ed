import { format } from "node:util";

import { now } from "#lib/clock.ts";
import { redact } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";

const LEVELS = { debug: "info", log: "info", info: "info", warn: "warn", error: "error" } as const;
const IS_LINE = /^\{"level":/;

/**
 * True if a person reads the output of this process: it runs in a terminal, or the origin is localhost.
 * Otherwise the output is for a program: one JSON object a line. Called before the environment has been
 * checked.
 */
export function isForPeople(): boolean {
  const { ORIGIN } = process.env;
  return process.stdout.isTTY || !ORIGIN || URL.parse(ORIGIN)?.hostname === "localhost";
}

/**
 * Keeps the process running without a log if the reader of its output goes away (EPIPE), as a log collector or
 * a closed terminal does. Without this, each failed line would be an uncaught exception, whose report is the
 * next line that fails.
 */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
}

/**
 * Turns everything that is printed for the log into lines of JSON, including the output of Next and other
 * packages, and redacts what looks like a credential.
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

import { randomUUID } from "node:crypto";

import { now } from "#lib/clock.ts";

// A value that follows a telling word or the name of a cookie (lib/cookie-name.ts), or has a telling prefix.
const CREDENTIAL =
  /lgs_[\w-]+|(?<=(?:connect|legrand)-\w{1,8}\.[\w.-]{1,60}=)[^;\s"']+|(?<![\w-])eyJ[\w-]+\.[\w-]+(\.[\w-]+)?|(?<=(?:code|state|token|secret|password|verifier|bearer|cookie)["']?[=: ]\s*["']?)[\w.~+/-]{12,}/gi;
// A value with the shape of this project's codes and tokens, wherever it is: 43 characters of base64url. A
// UUID has 36 characters, and file names have no capitals.
const RANDOM = /(?=[\w-]{0,200}[A-Z])(?=[\w-]{0,200}[a-z])[\w-]{40,}/g;
// A subscription key: 32 hexadecimal digits that are not a part of a longer value.
const HEXADECIMAL = /(?<![\w-])[\da-f]{32}(?![\w-])/gi;

/** Redacts everything in the message that has the shape of a credential. */
export function redact(message: string): string {
  return message
    .replace(CREDENTIAL, "[redacted]")
    .replace(RANDOM, "[redacted]")
    .replace(HEXADECIMAL, "[redacted]");
}

/** Returns a new identifier, which a user can quote and which finds the line in the log. */
export function newRequestId(): string {
  return randomUUID().slice(0, 8);
}

/**
 * Logs an event as one line of JSON with its request id. `details` must not contain input from outside,
 * except as a pattern or a number.
 */
export function logEvent(
  requestId: string,
  what: string,
  details: Record<string, string | number | boolean>,
): void {
  console.log(JSON.stringify({ level: "info", at: now().toISOString(), requestId, what, ...details }));
}

/**
 * Logs a bug or an outage once, at the edge, as one line of JSON with its request id. Keeps the stack and
 * redacts credentials.
 */
export function logError(requestId: string, where: string, error: unknown): void {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : undefined;
  console.error(
    JSON.stringify({
      level: "error",
      at: now().toISOString(),
      requestId,
      where,
      detail: redact(detail),
      ...(cause ? { cause: redact(cause) } : {}),
    }),
  );
}

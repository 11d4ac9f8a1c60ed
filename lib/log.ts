import { randomUUID } from "node:crypto";

// Anything that looks like one of our credentials or a bearer value, wherever it stands in a message.
const CREDENTIAL = /lgs_[\w-]+|eyJ[\w-]+\.[\w-]+(\.[\w-]+)?|(?<=\b(?:code|state|token|secret|password|verifier|bearer|cookie)["']?[=: ]\s*["']?)[\w.~+/-]{12,}/gi;

/** The message without anything that has the shape of a credential. */
export function redact(message: string): string {
  return message.replace(CREDENTIAL, "[redacted]");
}

/** An identifier that a person can quote and that finds the line in the log. */
export function newRequestId(): string {
  return randomUUID().slice(0, 8);
}

/**
 * Logs a bug or an outage once, at the edge, as one line of JSON with its request id. The stack is kept, credentials are
 * not.
 */
export function logError(requestId: string, where: string, error: unknown): void {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : undefined;
  console.error(JSON.stringify({
    level: "error", at: new Date().toISOString(), requestId, where, detail: redact(detail),
    ...(cause ? { cause: redact(cause) } : {}),
  }));
}

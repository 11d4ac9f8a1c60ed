import { Worker } from "node:worker_threads";

import type { EmbeddedRequest } from "#lib/db/embedded-message.ts";

let statements: string[] = [];
let isWatching = false;

/**
 * Starts to record every statement that the embedded database receives, from any sender and within
 * transactions, by reading the messages to its thread. Returns the statements recorded before.
 */
export function watchStatements(): string[] {
  if (!isWatching) install();
  isWatching = true;
  const seen = statements;
  statements = [];
  return seen;
}

function install(): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the instance below
  const send = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message: EmbeddedRequest, ...rest: unknown[]) {
    if (message.ask === "query" || message.ask === "script") statements.push(message.sql);
    return send.call(this, message, ...(rest as []));
  };
}

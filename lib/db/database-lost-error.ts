import { StartError } from "#lib/start-error.ts";

/**
 * Thrown by every statement after the worker thread of the embedded database has ended by itself. Its sentence
 * is for the operator; `cause` has what the thread threw, if anything.
 */
export class DatabaseLostError extends StartError {
  /** SQLSTATE `crash_shutdown`. A request that needs the database is answered by 503. */
  readonly code = "57P02";
  constructor(cause?: unknown) {
    super(
      "The embedded database ended unexpectedly, so this process ends too. What was committed is kept. Start it again.",
      cause,
    );
  }
}

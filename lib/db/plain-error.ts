import { messages } from "@electric-sql/pglite";

/**
 * An error as a message between threads. A structured clone of an error loses its class and the fields that
 * PostgreSQL or the system added, such as the SQLSTATE.
 */
export type PlainError = {
  isFromPostgres: boolean;
  name: string;
  message: string;
  stack: string | undefined;
  /** Fields with text or numbers: `code`, `detail`, `severity`, `errno`, `path` and others. */
  fields: Record<string, string | number>;
  cause: PlainError | undefined;
};

/** PGlite adds the statement to an error. The caller has it already, and it can be long. */
const LEFT_OUT = ["name", "message", "stack", "query"];

/** Describes an error for another thread. */
export function toPlainError(error: unknown): PlainError {
  if (!(error instanceof Error))
    return {
      isFromPostgres: false,
      name: "Error",
      message: String(error),
      stack: undefined,
      fields: {},
      cause: undefined,
    };
  const { name, message, stack, cause } = error;
  const fields = Object.entries(error).filter(
    (entry): entry is [string, string | number] =>
      ["string", "number"].includes(typeof entry[1]) && !LEFT_OUT.includes(entry[0]),
  );
  return {
    isFromPostgres: error instanceof messages.DatabaseError,
    name,
    message,
    stack,
    fields: Object.fromEntries(fields),
    cause: cause === undefined ? undefined : toPlainError(cause),
  };
}

/**
 * Makes the error again. An error of PostgreSQL is PGlite's `DatabaseError`, by which Prisma's adapter
 * recognises it.
 */
export function fromPlainError({ isFromPostgres, name, message, stack, fields, cause }: PlainError): Error {
  const error = isFromPostgres
    ? new messages.DatabaseError(message, Number(fields.length), "error")
    : Object.assign(new Error(message), { name });
  if (stack) error.stack = stack;
  if (cause) error.cause = fromPlainError(cause);
  return Object.assign(error, fields);
}

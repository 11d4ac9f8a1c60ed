import type { PlainError } from "#lib/db/plain-error.ts";

/** Settings of the embedded database. */
export type EmbeddedSettings = {
  /**
   * Whether a commit is acknowledged only when it is on the disk. Otherwise it is on the disk within a
   * second.
   */
  waitsForDisk: boolean;
};

/** The database that a worker thread opens. Without a folder it is a new one in memory. */
export type EmbeddedSource = EmbeddedSettings & {
  folder?: string | undefined;
  /** Whether it refuses writes while its disk is nearly full (lib/db/read-only-without-room.ts). */
  watchesRoom: boolean;
};

/**
 * Where a statement is: alone, or at the beginning, inside or at the end of a transaction. The disk is checked
 * before a statement alone and before a transaction. The result of a statement alone and of the end of a
 * transaction waits for the sync of the log.
 */
export type StatementPosition = "alone" | "begin" | "inside" | "end";

/** A statement for the worker thread: one with values, or a script of several without. */
export type EmbeddedStatement = {
  sql: string;
  position: StatementPosition;
} & (
  | { ask: "script" }
  | {
      ask: "query";
      values: unknown[];
      /** Whether the rows are arrays of the values that Prisma's adapter expects. */
      isForPrisma: boolean;
      /** The content of `/dev/blob`, from which COPY reads. */
      blob?: Blob | undefined;
    }
);

/** What the main thread sends. The reply has the same `id`. */
export type EmbeddedRequest = { id: number } & (EmbeddedStatement | { ask: "close" });

/** What the worker thread sends: PGlite's result, or the error. */
export type EmbeddedReply = { id: number } & ({ result: unknown } | { error: PlainError });

/** The `id` of the first reply, which the worker sends when the database is open. */
export const OPENED = 0;

import { z } from "zod";

/** First line of a backup. The number increases if former versions cannot read the file. */
export const FIRST_LINE = "legrand-connect backup 1";
/**
 * The line after the rows of a table, as in PostgreSQL's COPY (its manual, COPY, "Text Format"). No row looks
 * like this.
 */
export const END_OF_ROWS = "\\.";
/** The longest line that is not a row: the header, or the name and columns of a table. */
export const LONGEST_LINE_BYTES = 256 * 1024;

/** Second line: the state of the database, and which encryption keys its ciphertexts need. */
export const headerSchema = z.object({
  madeAt: z.iso.datetime(),
  /** The last migration of the database. */
  migration: z.string(),
  /** Digest of each encryption key, by its name. */
  keys: z.record(z.string(), z.string()),
  /** The server's secrets themselves, with `--with-secrets`. */
  secrets: z.record(z.string(), z.string()).optional(),
});

/** A table and the columns of its rows, without generated ones. */
export const tableSchema = z.object({ name: z.string(), columns: z.array(z.string()).min(1) });

/** Last line. A file without it was cut off, and one with another digest was changed. */
export const endSchema = z.object({ tables: z.int(), rows: z.int(), sha256: z.string() });

/** The header of a backup. */
export type BackupHeader = z.infer<typeof headerSchema>;
/** A table of a backup. */
export type BackupTable = z.infer<typeof tableSchema>;
/** The end of a backup. */
export type BackupEnd = z.infer<typeof endSchema>;

/** Thrown if a backup cannot be made or restored. The message tells the operator what to do. */
export class BackupError extends Error {}

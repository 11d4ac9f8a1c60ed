import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

import type { z } from "zod";

import {
  BackupError,
  END_OF_ROWS,
  endSchema,
  FIRST_LINE,
  headerSchema,
  LONGEST_LINE_BYTES,
  tableSchema,
  type BackupEnd,
  type BackupHeader,
  type BackupTable,
} from "#lib/server/operator/backup/backup-format.ts";

const [LINE_FEED, END] = [10, Buffer.from(`${END_OF_ROWS}\n`)];
const END_IN_ROWS = Buffer.concat([Buffer.from("\n"), END]);

/**
 * Reads a whole backup without restoring it, and returns its header. Throws `BackupError` if it is not a
 * backup, was cut off, or was changed, so that a restore notices before it creates a database.
 */
export async function checkBackup(file: string): Promise<BackupHeader> {
  const reader = new BackupReader(file);
  try {
    const header = await reader.readHeader();
    while ("table" in (await reader.readNext())) for await (const piece of reader.readRows()) void piece;
    return header;
  } finally {
    await reader.close();
  }
}

/**
 * Reads a backup from beginning to end. Every method throws `BackupError` if the file is not a backup, was
 * cut off, or was changed.
 */
export class BackupReader {
  readonly #pieces: AsyncIterator<Buffer>;
  readonly #file: string;
  readonly #hash = createHash("sha256");
  #pending: Buffer = Buffer.alloc(0);

  constructor(file: string) {
    this.#file = file;
    this.#pieces = createReadStream(file, { highWaterMark: 1024 * 1024 })[
      Symbol.asyncIterator
    ]() as AsyncIterator<Buffer>;
  }

  /** Reads the header. Call it first. */
  async readHeader(): Promise<BackupHeader> {
    if ((await this.#readLine()) !== FIRST_LINE)
      throw new BackupError(`${this.#file} is not a backup of this version of Legrand Connect`);
    return this.#parse(headerSchema, await this.#readLine());
  }

  /** Reads the next table, or the end of the file. The table's rows have to be read before the next call. */
  async readNext(): Promise<{ table: BackupTable } | { end: BackupEnd }> {
    const sha256 = this.#hash.copy().digest("hex");
    const line = await this.#readLine();
    if (line.startsWith("table ")) return { table: this.#parse(tableSchema, line.slice("table ".length)) };
    const end = this.#parse(endSchema, line.replace(/^end /, ""));
    if (end.sha256 !== sha256) throw this.#damaged("its content does not match the checksum at its end");
    return { end };
  }

  /**
   * Yields the rows of the table that was read last, in COPY's text format. Each piece ends with a whole
   * line.
   */
  async *readRows(): AsyncGenerator<Buffer> {
    for (;;) {
      if (this.#pending.subarray(0, END.length).equals(END)) {
        this.#take(END.length);
        return;
      }
      const end = this.#pending.indexOf(END_IN_ROWS);
      const length = (end >= 0 ? end : this.#pending.lastIndexOf(LINE_FEED)) + 1;
      if (length > 0) yield this.#take(length);
      if (end < 0) await this.#readMore();
    }
  }

  /** Closes the file, even if it was not read to its end. */
  async close(): Promise<void> {
    await this.#pieces.return?.();
  }

  async #readLine(): Promise<string> {
    for (;;) {
      const length = this.#pending.indexOf(LINE_FEED) + 1;
      if (length > 0) return this.#take(length).toString("utf8", 0, length - 1);
      if (this.#pending.length > LONGEST_LINE_BYTES)
        throw new BackupError(`${this.#file} is not a backup of this version of Legrand Connect`);
      await this.#readMore();
    }
  }

  #take(length: number): Buffer {
    const taken = this.#pending.subarray(0, length);
    this.#hash.update(taken);
    this.#pending = this.#pending.subarray(length);
    return taken;
  }

  async #readMore(): Promise<void> {
    const next = await this.#pieces.next().catch((error: unknown) => {
      throw new BackupError(
        `${this.#file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
    if (next.done) throw this.#damaged("it ends before its last line");
    this.#pending = this.#pending.length ? Buffer.concat([this.#pending, next.value]) : next.value;
  }

  #parse<T>(schema: z.ZodType<T>, text: string): T {
    try {
      return schema.parse(JSON.parse(text));
    } catch {
      throw this.#damaged("one of its lines cannot be read");
    }
  }

  #damaged(why: string): BackupError {
    return new BackupError(`${this.#file} is damaged: ${why}. Use another copy of it. Nothing was restored.`);
  }
}

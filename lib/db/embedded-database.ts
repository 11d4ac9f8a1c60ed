import { join } from "node:path";
import { setImmediate } from "node:timers";
import { Worker } from "node:worker_threads";

import { TransactionAbortedError, type Results } from "@electric-sql/pglite";

import { ConnectionQueue } from "#lib/db/connection-queue.ts";
import { DatabaseLostError } from "#lib/db/database-lost-error.ts";
import {
  OPENED,
  type EmbeddedReply,
  type EmbeddedRequest,
  type EmbeddedSource,
  type EmbeddedStatement,
  type StatementPosition,
} from "#lib/db/embedded-message.ts";
import { fromPlainError } from "#lib/db/plain-error.ts";

/** Options of a statement, as in `EmbeddedStatement`. */
export type StatementOptions = { isForPrisma?: boolean; blob?: Blob };

/** What runs statements: the database, or a transaction in it. */
export type EmbeddedConnection = {
  /** Runs one statement. Throws PGlite's `DatabaseError`. */
  query: <Row>(sql: string, values?: unknown[], options?: StatementOptions) => Promise<Results<Row>>;
  /** Runs a script of several statements without values. */
  exec: (sql: string) => Promise<Results[]>;
};

/** An open transaction. After `rollback` it accepts no statement. */
export type EmbeddedTransaction = EmbeddedConnection & { rollback: () => Promise<void> };

/** A plain path and not `new URL(…)` in the call, which a bundler would replace. */
const SCRIPT = join(import.meta.dirname, "embedded-worker.ts");

type Pending = { resolve: (result: never) => void; reject: (error: Error) => void };

/**
 * The embedded database: PGlite in a worker thread, so that a statement does not block this thread. Values and
 * rows travel as structured clones. The process stays alive until `close`.
 */
export class EmbeddedDatabase implements EmbeddedConnection {
  /** Resolves with the reason if the worker thread ends before `close`. From then on every call rejects. */
  readonly lost: Promise<DatabaseLostError>;
  #worker: Worker;
  #queue = new ConnectionQueue();
  #pending = new Map<number, Pending>();
  #replies: EmbeddedReply[] = [];
  #lastId = OPENED;
  #failure: Error | null = null;
  #closing: Promise<void> | null = null;

  private constructor(source: EmbeddedSource, script: string) {
    // Without `execArgv` the thread would load again what `--import` has loaded into this process.
    this.#worker = new Worker(script, { workerData: source, execArgv: [], name: "database" });
    this.#worker.on("message", (reply: EmbeddedReply) => {
      this.#receive(reply);
    });
    this.lost = new Promise((resolve) => {
      let thrown: unknown;
      this.#worker.once("error", (error: unknown) => {
        thrown = error;
      });
      this.#worker.once("exit", () => {
        if (this.#closing) return this.#fail(new Error("The embedded database is closed"));
        const error = new DatabaseLostError(thrown);
        this.#fail(error);
        resolve(error);
      });
    });
  }

  /** Starts a thread that runs `script`, and opens the database in it. Throws the error of PGlite. */
  static async open(source: EmbeddedSource, script = SCRIPT): Promise<EmbeddedDatabase> {
    const database = new EmbeddedDatabase(source, script);
    try {
      await database.#replyTo(OPENED);
      return database;
    } catch (error) {
      await (database.#closing ??= database.#end());
      throw error;
    }
  }

  query = <Row>(sql: string, values: unknown[] = [], options: StatementOptions = {}): Promise<Results<Row>> =>
    this.#queue.alone(() => this.#query<Row>("alone", sql, values, options));

  exec = (sql: string): Promise<Results[]> => this.#queue.alone(() => this.#exec("alone", sql));

  /**
   * Runs `work` in a transaction, and commits it unless `work` throws. Other statements wait until its end.
   * Throws PGlite's `TransactionAbortedError` if a failed statement in it made PostgreSQL roll it back.
   */
  transaction = async <T>(work: (transaction: EmbeddedTransaction) => Promise<T>): Promise<T> => {
    const release = await this.#queue.hold();
    let isEnded = false;
    const isOpen = () => !isEnded;
    const end = (sql: "COMMIT" | "ROLLBACK") => {
      isEnded = true;
      const ending = this.#exec("end", sql);
      // The thread keeps the order, so others need not wait for the result.
      release();
      return ending;
    };
    const rollback = () => {
      const ending = end("ROLLBACK").then(() => {});
      // Prisma's adapter does not wait for it, and an unhandled rejection ends the process.
      ending.catch(() => {});
      return ending;
    };
    const inside = <Result>(send: () => Promise<Result>) =>
      isOpen() ? send() : Promise.reject(new Error("The transaction is closed"));
    try {
      await this.#exec("begin", "BEGIN");
      const result = await work({
        query: <Row>(sql: string, values: unknown[] = [], options: StatementOptions = {}) =>
          inside(() => this.#query<Row>("inside", sql, values, options)),
        exec: (sql) => inside(() => this.#exec("inside", sql)),
        rollback: () => inside(rollback),
      });
      const [ended] = isOpen() ? await end("COMMIT") : [];
      if (ended?.command === "ROLLBACK") throw new TransactionAbortedError();
      return result;
    } catch (error) {
      if (isOpen()) await rollback().catch(() => {});
      throw error;
    }
  };

  /**
   * Closes the database after the statements and transactions that were begun before, and ends the thread.
   * Does nothing if it is closed or lost.
   */
  close(): Promise<void> {
    if (this.#failure) return this.#closing ?? Promise.resolve();
    return this.#queue.alone(() => (this.#closing ??= this.#close()));
  }

  async #close(): Promise<void> {
    try {
      await this.#send({ ask: "close" });
    } finally {
      await this.#end();
    }
  }

  async #end(): Promise<void> {
    await this.#worker.terminate();
  }

  #query<Row>(
    position: StatementPosition,
    sql: string,
    values: unknown[],
    { isForPrisma = false, blob }: StatementOptions,
  ): Promise<Results<Row>> {
    return this.#send<Results<Row>>({ ask: "query", position, sql, values, isForPrisma, blob });
  }

  #exec(position: StatementPosition, sql: string): Promise<Results[]> {
    return this.#send<Results[]>({ ask: "script", position, sql });
  }

  /** Sends before it returns, so that the order of the calls is the order of the messages. */
  async #send<Result>(message: EmbeddedStatement | { ask: "close" }): Promise<Result> {
    if (this.#failure) throw this.#failure;
    const id = ++this.#lastId;
    this.#worker.postMessage({ id, ...message } satisfies EmbeddedRequest);
    return this.#replyTo(id);
  }

  #replyTo<Result>(id: number): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
    });
  }

  /**
   * Collects replies, and settles them once a turn of the event loop. Node delivers up to a thousand messages
   * in one turn and runs what awaits them in between, so statements that follow each other would keep this
   * thread from reading its sockets.
   */
  #receive(reply: EmbeddedReply): void {
    if (this.#replies.push(reply) > 1) return;
    setImmediate(() => {
      this.#settle();
    });
  }

  #settle(): void {
    const replies = this.#replies;
    this.#replies = [];
    for (const reply of replies) {
      const pending = this.#pending.get(reply.id);
      this.#pending.delete(reply.id);
      if ("error" in reply) pending?.reject(fromPlainError(reply.error));
      else pending?.resolve(reply.result as never);
    }
  }

  /** Rejects what is pending and what comes later. Replies that came before the end still count. */
  #fail(error: Error): void {
    this.#settle();
    this.#failure = error;
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
    this.#queue.abandon();
  }
}

import { closeSync, fdatasync, fdatasyncSync, openSync } from "node:fs";
import { promisify } from "node:util";

/** A file of the log, kept open because PostgreSQL may rename it before its sync has ended. */
type Segment = { path: string; descriptor: number };

const sync = promisify(fdatasync);

/**
 * How long a commit that no caller waits for may stay in the system's memory. It is PostgreSQL's default for
 * `wal_writer_delay`.
 */
const DELAY_MS = 200;

/** Thrown after a sync of the log failed. From then on nothing may be acknowledged. */
class LogSyncError extends Error {
  /** SQLSTATE `io_error`. */
  readonly code = "58030";
  constructor(cause: unknown) {
    super(
      "The embedded database could not write its log to the disk. Check the disk, then start the server again.",
      { cause },
    );
  }
}

/**
 * Syncs the write-ahead log of the embedded database to the disk. PostgreSQL asks for a sync at each commit
 * and waits for it. Here one sync serves all commits that were made while the sync before it ran (group
 * commit), and the database goes on during a sync.
 */
export class LogSync {
  #current: Segment | null = null;
  #unsynced = new Set<Segment>();
  #syncing = new Set<Segment>();
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #failure: LogSyncError | null = null;

  /**
   * Notes that the content of that file has to be synced. A sync begins within 200 ms, even if no caller
   * waits for it.
   */
  request(path: string): void {
    this.#unsynced.add(this.#open(path));
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.finish().catch(() => {});
    }, DELAY_MS).unref();
  }

  /**
   * Resolves when all that was requested until now is synced. Rejects with a `LogSyncError` if this or an
   * earlier sync failed.
   */
  finish(): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure);
    if (this.#unsynced.size === 0) return this.#running ?? Promise.resolve();
    if (!this.#running) return this.#start();
    return (this.#next ??= this.#running.then(() => this.#start()));
  }

  /** Syncs all that was requested until now, before it returns. Throws the system's error if that fails. */
  finishNow(): void {
    const segments = new Set([...this.#unsynced, ...this.#syncing]);
    if (segments.size === 0) return;
    try {
      for (const { descriptor } of segments) fdatasyncSync(descriptor);
    } catch (error) {
      this.#fail(error);
      throw error;
    }
    this.#unsynced.clear();
    this.#closeUnused(segments);
  }

  /**
   * Throws a `LogSyncError` if a sync failed. The system forgets what it could not write, so a later sync
   * would succeed without that data.
   */
  check(): void {
    if (this.#failure) throw this.#failure;
  }

  /** Syncs what is left, and closes the file. Never rejects. */
  async close(): Promise<void> {
    await this.finish().catch(() => {});
    if (this.#timer) clearTimeout(this.#timer);
    const last = this.#current;
    this.#current = null;
    if (last) this.#closeUnused([last]);
  }

  #open(path: string): Segment {
    const former = this.#current;
    if (former?.path === path) return former;
    this.#current = { path, descriptor: openSync(path, "r+") };
    if (former) this.#closeUnused([former]);
    return this.#current;
  }

  #start(): Promise<void> {
    this.#next = null;
    const segments = (this.#syncing = this.#unsynced);
    this.#unsynced = new Set();
    const synced = Promise.all([...segments].map(({ descriptor }) => sync(descriptor)));
    return (this.#running = synced
      .catch((error: unknown) => {
        throw this.#fail(error);
      })
      .then(() => {
        this.#syncing = new Set();
        this.#closeUnused(segments);
      })
      .finally(() => {
        this.#running = null;
      }));
  }

  #closeUnused(segments: Iterable<Segment>): void {
    for (const segment of segments) {
      if (segment !== this.#current && !this.#unsynced.has(segment) && !this.#syncing.has(segment))
        closeSync(segment.descriptor);
    }
  }

  #fail(cause: unknown): LogSyncError {
    return (this.#failure ??= new LogSyncError(cause));
  }
}

import { fdatasyncSync, fstatSync, fsyncSync } from "node:fs";

import { NodeFS } from "@electric-sql/pglite/nodefs";

import { LogSync } from "#lib/db/log-sync.ts";

/** The part of Emscripten's file system on top of Node's that is used here. */
type FileNode = { name: string; parent: FileNode };
type Stream = { node: FileNode; nfd: number };
type Operations = Record<string, (...args: never[]) => unknown>;
type NodeFiles = {
  realPath: (node: FileNode) => string;
  /** Runs `work`, and turns a Node error into one that PostgreSQL understands. */
  tryFSOperation: <T>(work: () => T) => T;
  stream_ops: Operations;
  node_ops: Operations;
};

const LOG_FOLDER = "pg_wal";
const SEGMENT = /^[0-9A-F]{24}$/;

/**
 * The folder of an embedded database, with the syncs that PostgreSQL asks for, which PGlite acknowledges
 * without doing them. Data files, folders and the control file are synced at once; `log` syncs the
 * write-ahead log. PostgreSQL has to run without `-F` and with `wal_sync_method=fsync`, because PGlite passes
 * `fdatasync` to no code that could do it.
 */
export class SyncedFiles extends NodeFS {
  readonly log = new LogSync();

  override async init(...[pglite, options]: Parameters<NodeFS["init"]>): ReturnType<NodeFS["init"]> {
    const { emscriptenOpts } = await super.init(pglite, options);
    const install = ({ NODEFS }: { NODEFS: unknown }) => {
      this.#install(NODEFS as NodeFiles);
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), install] } };
  }

  override async closeFs(): Promise<void> {
    await this.log.close();
    await super.closeFs();
  }

  #install(files: NodeFiles): void {
    files.stream_ops.fsync = ({ node, nfd }: Stream) => {
      if (node.parent.name === LOG_FOLDER && SEGMENT.test(node.name)) this.log.request(files.realPath(node));
      else
        files.tryFSOperation(() => {
          syncNow(nfd);
        });
      return 0;
    };
    for (const name of ["write", "setattr"])
      this.#afterLog(files, files.stream_ops, name, ({ node }: Stream) => node.parent);
    for (const name of ["rename", "setattr"])
      this.#afterLog(files, files.node_ops, name, ({ parent }: FileNode) => parent);
    for (const name of ["unlink", "rmdir"])
      this.#afterLog(files, files.node_ops, name, (parent: FileNode) => parent);
  }

  /**
   * Makes that operation sync the log first, unless it changes the log itself. PostgreSQL assumes that its
   * log is synced, and its recovery after a power cut needs this order: first the log, then the change to
   * another file (write-ahead logging).
   */
  #afterLog<First>(
    files: NodeFiles,
    operations: Operations,
    name: string,
    folderOf: (first: First) => FileNode,
  ): void {
    const operate = operations[name] as (first: First, ...rest: unknown[]) => unknown;
    operations[name] = (first: First, ...rest: unknown[]) => {
      if (folderOf(first).name !== LOG_FOLDER)
        files.tryFSOperation(() => {
          this.log.finishNow();
        });
      return operate(first, ...rest);
    };
  }
}

function syncNow(descriptor: number): void {
  if (!fstatSync(descriptor).isDirectory()) return fdatasyncSync(descriptor);
  try {
    fsyncSync(descriptor);
  } catch (error) {
    // Windows cannot sync a folder.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") throw error;
  }
}

// Loaded by `NODE_OPTIONS=--import …` before an embedded database, in each thread, on Linux. Beside the database's folder
// (DATABASE_FOLDER) it keeps another one (DISK_FOLDER) with what a disk has after a power cut. Names reach
// the disk at once, but the content of a file is only as it was at its last sync.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { dirname } from "node:path";

const { DATABASE_FOLDER, DISK_FOLDER } = process.env as Record<string, string>;
const {
  copyFileSync,
  existsSync,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  unlinkSync,
} = fs;

const onDisk = (path: string) =>
  path.startsWith(DATABASE_FOLDER!) ? path.replace(DATABASE_FOLDER!, DISK_FOLDER!) : null;

function keep(descriptor: number): void {
  const path = readlinkSync(`/proc/self/fd/${descriptor}`);
  const kept = onDisk(path);
  if (!kept || fstatSync(descriptor).isDirectory()) return;
  mkdirSync(dirname(kept), { recursive: true });
  copyFileSync(path, kept);
}

Object.assign(fs, {
  fdatasync: (descriptor: number, done: fs.NoParamCallback) => {
    keep(descriptor);
    fdatasync(descriptor, done);
  },
  fdatasyncSync: (descriptor: number) => {
    keep(descriptor);
    fdatasyncSync(descriptor);
  },
  fsyncSync: (descriptor: number) => {
    keep(descriptor);
    fsyncSync(descriptor);
  },
  renameSync: (from: string, to: string) => {
    renameSync(from, to);
    if (onDisk(from) && existsSync(onDisk(from)!)) renameSync(onDisk(from)!, onDisk(to)!);
  },
  unlinkSync: (path: string) => {
    unlinkSync(path);
    if (onDisk(path)) rmSync(onDisk(path)!, { force: true });
  },
});
syncBuiltinESMExports();

import { statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";

import { digest } from "#lib/crypto/digest.ts";

/**
 * The address of a Unix socket has 108 bytes on Linux and 104 on macOS (unix(7)), the final zero included.
 */
const LONGEST_BYTES = 100;

/**
 * Where the server that has that data folder may listen for the operator's commands, best first: in the
 * folder, by the shorter of its two paths, unless both are too long for a socket; then in the system's folder
 * for temporary files, under a name made of the path. The server takes the first that bears a socket: exFAT,
 * SMB and shared folders of virtual machines bear none.
 */
export function operatorSocketPaths(folder: string): string[] {
  const absolute = join(resolve(folder), "server.sock");
  const name = `legrand-connect-${digest(absolute).slice(0, 16)}`;
  if (process.platform === "win32") return [`\\\\.\\pipe\\${name}`];
  const inFolder = [absolute, relative(process.cwd(), absolute)].find(
    (path) => Buffer.byteLength(path) <= LONGEST_BYTES,
  );
  return [...(inFolder ? [inFolder] : []), join(tmpdir(), `${name}.sock`)];
}

/** Where the server that has that data folder listens, or would first try to. */
export function operatorSocketPath(folder: string): string {
  const paths = operatorSocketPaths(folder);
  return paths.find((path) => statSync(path, { throwIfNoEntry: false })?.isSocket()) ?? paths[0]!;
}

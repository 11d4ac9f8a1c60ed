import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";

import { digest } from "#lib/crypto/digest.ts";

/** The address of a Unix socket has 108 bytes on Linux and 104 on macOS (unix(7)), the final zero included. */
const LONGEST_BYTES = 100;

/**
 * Where the server that has that data folder listens for the operator's commands: in the folder, by the shorter of its two paths;
 * where both are too long for a socket, in the system's folder for temporary files, under a name made of the path.
 */
export function operatorSocketPath(folder: string): string {
  const absolute = join(resolve(folder), "server.sock");
  const name = `legrand-connect-${digest(absolute).slice(0, 16)}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\${name}`;
  const inFolder = [absolute, relative(process.cwd(), absolute)].find((path) => Buffer.byteLength(path) <= LONGEST_BYTES);
  return inFolder ?? join(tmpdir(), `${name}.sock`);
}

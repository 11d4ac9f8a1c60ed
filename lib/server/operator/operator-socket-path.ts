import { statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";

import { digest } from "#lib/crypto/digest.ts";

/**
 * The address of a Unix socket has at most 108 bytes on Linux and 104 on macOS (unix(7)), including the final
 * zero.
 */
const LONGEST_BYTES = 100;

/**
 * Returns where the server of that data folder may listen for the operator's commands, best first. First
 * choice: in the folder, by the shorter of its two paths, unless both are too long for a socket. Second: in
 * the system's temporary folder, under a name derived from the path. The server uses the first that supports
 * a socket; exFAT, SMB and shared folders of virtual machines do not.
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

/** Returns where the server of that data folder listens. If none does, returns the first choice. */
export function operatorSocketPath(folder: string): string {
  const paths = operatorSocketPaths(folder);
  return paths.find((path) => statSync(path, { throwIfNoEntry: false })?.isSocket()) ?? paths[0]!;
}

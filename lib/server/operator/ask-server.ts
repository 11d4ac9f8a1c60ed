import { statSync } from "node:fs";
import { connect, type Socket } from "node:net";

import {
  operatorMessageSchema,
  type OperatorMessage,
  type OperatorRequest,
} from "#lib/server/operator/operator-messages.ts";

/**
 * Asks the server behind that socket to do the work of a command. Each progress message goes to `say`.
 * Returns the server's last message, or null if no server listens there. Throws if the server ends before the
 * work is done.
 */
export async function askServer(
  path: string,
  request: OperatorRequest,
  say: (message: OperatorMessage) => void,
): Promise<OperatorMessage | null> {
  const socket = await open(path);
  if (!socket) return null;
  socket.write(`${JSON.stringify(request)}\n`);
  for await (const line of linesOf(socket)) {
    const message = operatorMessageSchema.parse(JSON.parse(line));
    if (message.say !== "progress") return message;
    say(message);
  }
  throw new Error("The server ended before it was done. Nothing is lost: run the command again.");
}

/** Yields the complete lines that arrive until the connection ends or breaks. */
async function* linesOf(socket: Socket): AsyncGenerator<string> {
  let text = "";
  try {
    for await (const chunk of socket.setEncoding("utf8")) {
      const lines = (text + String(chunk)).split("\n");
      text = lines.pop()!;
      yield* lines;
    }
  } catch (error) {
    if (!socket.errored) throw error;
  }
}

function open(path: string): Promise<Socket | null> {
  if (!isOurs(path)) return Promise.resolve(null);
  return new Promise((resolve) => {
    const socket = connect(path, () => resolve(socket));
    socket.once("error", () => resolve(null));
  });
}

/**
 * True if this user (or root) owns the socket. In a folder that every user may write to, another user could
 * listen under that name.
 */
function isOurs(path: string): boolean {
  if (process.platform === "win32") return true;
  const uid = statSync(path, { throwIfNoEntry: false })?.uid;
  return uid !== undefined && (uid === process.getuid!() || process.getuid!() === 0);
}

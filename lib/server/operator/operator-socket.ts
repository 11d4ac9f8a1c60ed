import { chmodSync, mkdirSync, rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";

import { changeRoleByCommand } from "#lib/connect/admin/roles/change-role-by-command.ts";
import { env } from "#lib/env.ts";
import { logError } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";
import { BackupError } from "#lib/server/operator/backup/backup-format.ts";
import { describeBackup, makeBackup, type BackupRequest } from "#lib/server/operator/backup/make-backup.ts";
import { reencryptEverything } from "#lib/server/operator/reencrypt.ts";
import {
  firstKey,
  operatorRequestSchema,
  type OperatorMessage,
} from "#lib/server/operator/operator-messages.ts";
import { operatorSocketPaths } from "#lib/server/operator/operator-socket-path.ts";

/**
 * A connection that sends nothing is closed after this time, without an answer. The folder and the socket
 * ensure that the command runs as this user.
 */
const SILENCE_MS = 5_000;
/** A path has at most 4,096 bytes on Linux, and JSON escapes some of them. */
const LONGEST_LINE = 16_000;

/**
 * Listens for the operator's commands (`npm run rotate-keys`, `npm run backup`, `npm run role`). The embedded
 * database allows only one process, so the server does the work for them.
 *
 * A socket that a killed server left is replaced. A socket that answers belongs to another process on
 * PostgreSQL, which can do the work just as well. If no folder supports a socket, that is logged, and the
 * application serves without one.
 */
export async function openOperatorSocket(): Promise<void> {
  const paths = operatorSocketPaths(env().dataDir);
  for (const path of paths) {
    try {
      mkdirSync(env().dataDir, { recursive: true, mode: 0o700 });
      return await openAt(path);
    } catch (error) {
      if (path === paths.at(-1)) logError(currentRequestId(), "operator socket", error);
    }
  }
}

async function openAt(path: string): Promise<void> {
  if (await answers(path)) return;
  if (process.platform !== "win32") rmSync(path, { force: true });
  const server = await listen(path);
  // The socket does not keep the process alive, and its file is removed at the end.
  server.unref();
  process.once("exit", () => rmSync(path, { force: true }));
}

/** True if a process listens there. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

function listen(path: string): Promise<Server> {
  const server = createServer((socket) => void serve(socket));
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(path, () => {
      if (process.platform !== "win32") chmodSync(path, 0o600);
      resolve(server);
    });
  });
}

/** Serves one command. Never rejects: an error is logged, and the command receives `failed`. */
async function serve(socket: Socket): Promise<void> {
  socket.on("error", () => socket.destroy()).setTimeout(SILENCE_MS, () => socket.destroy());
  const say = (message: OperatorMessage) => {
    // The command has gone. A rotation stops here, and the next one does the rest.
    if (!socket.writable) throw new CommandGoneError();
    socket.write(`${JSON.stringify(message)}\n`);
  };
  try {
    const line = await readFirstLine(socket);
    socket.setTimeout(0);
    say(await answer(line, say));
  } catch (error) {
    if (!(error instanceof CommandGoneError)) logError(currentRequestId(), "operator command", error);
    if (socket.writable) socket.write(`${JSON.stringify({ say: "failed" } satisfies OperatorMessage)}\n`);
  }
  socket.end();
}

function readFirstLine(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    socket
      .setEncoding("utf8")
      .once("close", () => reject(new CommandGoneError()))
      .on("data", (chunk: string) => {
        // Data after the first line is read, so that the end is noticed, and dropped.
        if (text.includes("\n")) return;
        text += chunk;
        if (text.includes("\n")) resolve(text.slice(0, text.indexOf("\n")));
        else if (text.length > LONGEST_LINE) socket.destroy();
      });
  });
}

class CommandGoneError extends Error {}

async function answer(line: string, say: (message: OperatorMessage) => void): Promise<OperatorMessage> {
  const asked = operatorRequestSchema.parse(JSON.parse(line));
  if (asked.ask === "change_role")
    return { say: "role", ...(await changeRoleByCommand(asked.role, asked.who)) };
  if (asked.ask === "backup") return backUp(asked, say);
  const mine = firstKey();
  // With another first key, the server would go on encrypting under the key that the command has just
  // replaced.
  if (asked.key.id !== mine.id || asked.key.digest !== mine.digest)
    return { say: "other_key", serverKey: mine.id };
  return {
    say: "done",
    tallies: await reencryptEverything((progress) => say({ say: "progress", ...progress })),
  };
}

/** Makes a backup. An error that the operator can act on goes to the command; any other is logged. */
async function backUp(
  asked: BackupRequest,
  say: (message: OperatorMessage) => void,
): Promise<OperatorMessage> {
  try {
    const summary = await makeBackup(asked, (progress) => say({ say: "progress", ...progress }));
    return { say: "backup", isDone: true, lines: describeBackup(asked, summary) };
  } catch (error) {
    if (error instanceof BackupError) return { say: "backup", isDone: false, lines: [error.message] };
    throw error;
  }
}

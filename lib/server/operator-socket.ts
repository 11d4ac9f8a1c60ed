import { chmodSync, mkdirSync, rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";

import { changeRoleByCommand } from "#lib/connect/admin/roles/change-role-by-command.ts";
import { env } from "#lib/env.ts";
import { logError } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";
import { BackupError } from "#lib/server/backup/backup-format.ts";
import { describeBackup, makeBackup, type BackupRequest } from "#lib/server/backup/make-backup.ts";
import { reencryptEverything } from "#lib/server/reencrypt.ts";
import { firstKey, operatorRequestSchema, type OperatorMessage } from "#lib/server/operator-messages.ts";
import { operatorSocketPaths } from "#lib/server/operator-socket-path.ts";

/**
 * The command that connects has to be of this user: the folder and the socket are. Nothing is answered to
 * whoever says nothing.
 */
const SILENCE_MS = 5_000;
/** A path has 4,096 bytes at most on Linux, and JSON escapes some of them. */
const LONGEST_LINE = 16_000;

/**
 * Listens for the operator's commands (`npm run rotate-keys`, `npm run backup`, `npm run role`): an embedded
 * database has room for one process, so the server does what they ask. A socket that a killed server left is
 * replaced; one that answers belongs to another process on PostgreSQL, which is as good as this one. Where no
 * folder bears a socket that is logged, and the application serves all the same.
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
  // Nothing else keeps the process alive for it, and nothing of it stays behind.
  server.unref();
  process.once("exit", () => rmSync(path, { force: true }));
}

/** Whether somebody listens there. */
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

/** Never rejects: what fails is logged, and the command told. */
async function serve(socket: Socket): Promise<void> {
  socket.on("error", () => socket.destroy()).setTimeout(SILENCE_MS, () => socket.destroy());
  const say = (message: OperatorMessage) => {
    // Whoever asked has gone: a rotation stops here, and the next one finds the rest.
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
        // What follows the first line is read, so that the end is noticed, and dropped.
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
  // Under another first key the server would go on writing what the command has just replaced.
  if (asked.key.id !== mine.id || asked.key.digest !== mine.digest)
    return { say: "other_key", serverKey: mine.id };
  return {
    say: "done",
    tallies: await reencryptEverything((progress) => say({ say: "progress", ...progress })),
  };
}

/** A reason that the operator can act on goes to the command; anything else is logged. */
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

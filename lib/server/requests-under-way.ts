import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { Server as Listener, type Socket } from "node:net";
import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";

/**
 * New requests do not prolong a stop beyond this time. A request whose head has begun to arrive has this time
 * to arrive.
 */
const LATE_MS = 2_000;
/**
 * A connection that was used within this time is probably used again: closed at once, it would reset the
 * request that is on its way.
 */
const RECENT_MS = 250;
const LOOK_MS = 20;
/**
 * A turn of the event loop as short as this has read nothing, and what has arrived since it began is little.
 */
const SHORT_TURN_MS = 0.2;
/** The event loop of a server under load may not have a short turn within this time. */
const SHORT_TURN_WITHIN_MS = 500;

/** The requests of the servers that are being answered, and how to end them. */
export type RequestsUnderWay = {
  note: (response: ServerResponse) => void;
  count: () => number;
  /** Whether `end` was called. */
  isEnding: () => boolean;
  /** Resolves when a request may be answered: at once, except in the moment when the listeners close. */
  admit: () => Promise<void>;
  end: (delayMs: number, graceMs: number) => Promise<number>;
};

/**
 * A connection: requests of it that are being answered; when it was opened, or last had an answer, and the
 * bytes received until then.
 */
type Connection = { answering: number; since: number; bytes: number };

/**
 * Keeps a list of what the servers are answering, and of their connections. `end` stops the servers without
 * cutting a request:
 *
 * 1. From its call on each answer closes its connection (`Connection: close`).
 * 2. After the delay (for a balancer that has to notice) it waits until what was begun has ended and no
 *    connection is left. An idle
 * connection is closed at once, a recently used one a moment later. The servers still listen, because a
 * request of ours may need
 *    another one of this very server (Connect redeems a code at the sandbox).
 * 3. It closes the listeners in a moment when no connection waits to be accepted: those would be reset. So
 *    that a busy server has such a
 *    moment, new requests wait for it (`admit`). Then it answers what is left on accepted connections.
 *
 * What takes longer than the grace is cut. Returns how many requests were cut.
 */
export function trackRequests(servers: Server[], lateMs = LATE_MS): RequestsUnderWay {
  const underWay = new Set<ServerResponse>();
  let isEnding = false;
  let admission = Promise.resolve();
  const { connections, arrived } = trackConnections(servers, () => isEnding);

  const note = (response: ServerResponse) => {
    underWay.add(response);
    response.once("close", () => underWay.delete(response));
  };

  /**
   * Resolves right after everything that has arrived was accepted and read; to false if the event loop was
   * too busy to know.
   */
  const everythingIsRead = async () => {
    for (const deadline = performance.now() + SHORT_TURN_WITHIN_MS; performance.now() < deadline;) {
      const [time, before] = [performance.now(), arrived()];
      await turn();
      if (arrived() === before && performance.now() - time < SHORT_TURN_MS) return true;
    }
    return false;
  };
  const closeUnused = async () => {
    if (!(await everythingIsRead())) return;
    for (const [socket, connection] of connections) if (isUnused(socket, connection)) socket.destroy();
  };
  const closeListeners = async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    admission = promise;
    await everythingIsRead();
    // Not through `server.close()`, which would also close connections that a request is on its way on.
    for (const server of servers) Listener.prototype.close.call(server);
    resolve(undefined);
  };

  const end = async (delayMs: number, graceMs: number) => {
    isEnding = true;
    for (const response of underWay) if (!response.headersSent) response.setHeader("connection", "close");
    await sleep(delayMs);
    const deadline = performance.now() + graceMs;
    const early = [...underWay];
    const lateEnd = performance.now() + lateMs;
    const isLate = () => performance.now() > lateEnd && !early.some((response) => underWay.has(response));
    const isOver = () => connections.size === 0;
    await until(() => isOver() || isLate(), deadline, closeUnused);
    await closeListeners();
    await until(isOver, deadline, closeUnused);
    const cut = underWay.size;
    for (const server of servers) server.closeAllConnections();
    return cut;
  };
  return { note, count: () => underWay.size, isEnding: () => isEnding, admit: () => admission, end };
}

/** The open connections of the servers, and how many have arrived so far. */
function trackConnections(servers: Server[], isEnding: () => boolean) {
  const connections = new Map<Socket, Connection>();
  let arrived = 0;
  const welcome = (socket: Socket) => {
    arrived++;
    connections.set(socket, { answering: 0, since: performance.now(), bytes: 0 });
    socket.once("close", () => connections.delete(socket));
  };
  const begin = ({ socket }: IncomingMessage, response: ServerResponse) => {
    if (isEnding()) response.setHeader("connection", "close");
    const connection = connections.get(socket)!;
    connection.answering++;
    response.once("close", () =>
      Object.assign(connection, {
        answering: connection.answering - 1,
        since: performance.now(),
        bytes: socket.bytesRead,
      }),
    );
  };
  for (const server of servers) {
    server.on("connection", welcome).prependListener("request", begin);
    // A connection of hot reload does not keep the server from stopping.
    server.on("upgrade", (_request, socket) => connections.delete(socket as Socket));
  }
  return { connections, arrived: () => arrived };
}

/** Whether no request is on its way on this connection, as far as that can be known. */
function isUnused(socket: Socket, { answering, since, bytes }: Connection): boolean {
  const isArriving = socket.bytesRead > bytes;
  return answering === 0 && performance.now() - since >= (isArriving ? LATE_MS : RECENT_MS);
}

async function until(condition: () => boolean, deadline: number, work: () => Promise<void>): Promise<void> {
  for (await work(); !condition() && performance.now() < deadline; await work()) await sleep(LOOK_MS);
}

import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { Server as Listener, type Socket } from "node:net";
import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";

/**
 * New requests extend a stop by at most this time. It is also how long a request whose head has begun to
 * arrive may still take to arrive.
 */
const LATE_MS = 2_000;
/**
 * A connection that was used within this time will probably be used again. Closing it at once would reset a
 * request that is on its way.
 */
const RECENT_MS = 250;
const LOOK_MS = 20;
/** An event loop turn this short has read nothing, and little has arrived since it began. */
const SHORT_TURN_MS = 0.2;
/** How long to wait for a short turn. A server under load may not have one within this time. */
const SHORT_TURN_WITHIN_MS = 500;

/** Tracks the requests that the servers are answering, and ends them. */
export type RequestsUnderWay = {
  note: (response: ServerResponse) => void;
  count: () => number;
  /** Whether `end` was called. */
  isEnding: () => boolean;
  /** Resolves when a request may be answered: at once, except at the moment when the listeners close. */
  admit: () => Promise<void>;
  end: (delayMs: number, graceMs: number) => Promise<number>;
};

/**
 * A connection: the number of its requests that are being answered, the time when it was opened or last
 * answered, and the bytes received until then.
 */
type Connection = { answering: number; since: number; bytes: number };

/**
 * Tracks the requests that the servers are answering, and their connections. `end` stops the servers without
 * cutting a request:
 *
 * 1. From the call on, each answer closes its connection (`Connection: close`).
 * 2. After the delay (for a balancer that has to notice), it waits until the running requests have ended and
 *    no connection is left. An idle connection is closed at once, a recently used one a moment later. The
 *    servers still listen, because a request may need another one of this very server (Connect redeems a code
 *    at the sandbox).
 * 3. It closes the listeners at a moment when no connection waits to be accepted; such a connection would be
 *    reset. So that a busy server has such a moment, new requests wait for it (`admit`). Then it answers what
 *    is left on accepted connections.
 *
 * Requests that take longer than the grace period are cut. `end` returns their number.
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
   * Resolves to true right after everything that has arrived was accepted and read, or to false if the event
   * loop was too busy to know.
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
    // `server.close()` would also close connections on which a request is on its way.
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

/** Tracks the open connections of the servers, and counts how many have arrived so far. */
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
    // A hot reload connection does not keep the server from stopping.
    server.on("upgrade", (_request, socket) => connections.delete(socket as Socket));
  }
  return { connections, arrived: () => arrived };
}

/** True if, as far as this process can know, no request is on its way on this connection. */
function isUnused(socket: Socket, { answering, since, bytes }: Connection): boolean {
  const isArriving = socket.bytesRead > bytes;
  return answering === 0 && performance.now() - since >= (isArriving ? LATE_MS : RECENT_MS);
}

async function until(condition: () => boolean, deadline: number, work: () => Promise<void>): Promise<void> {
  for (await work(); !condition() && performance.now() < deadline; await work()) await sleep(LOOK_MS);
}

import { IncomingMessage, METHODS, ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";

import { networkOf } from "#lib/http/client-address.ts";
import { asksForHtml } from "#lib/http/content-negotiation.ts";
import { logEvent, newRequestId } from "#lib/log.ts";
import { countRequest } from "#lib/metrics.ts";
import { findRefusal } from "#lib/server/front/find-refusal.ts";
import { describeMethodRefusal, refuse, type Refusal } from "#lib/server/front/refuse.ts";

/** Node's error for a request that it could not parse. `rawPacket` is the packet that arrived last. */
type ParserError = Error & { code?: string; rawPacket?: Buffer };

/**
 * How long the connection stays open after the answer. A caller that is still sending receives the answer
 * only if the connection is not closed at once (RFC 9112 §9.6).
 */
const LINGER_MS = 2_000;
const REQUEST_LINE = /^([A-Za-z][\w!#$%&'*+.^`|~-]*) (\/[^\s?]*)(?:\?\S*)? HTTP\/1\.[01]\r?\n/;
const ACCEPT = /^accept:(.*)$/im;
const SERVER_METHODS = "GET, HEAD, POST, OPTIONS";

const TOO_LARGE: Refusal = {
  status: 431,
  sentence:
    "The request's address and headers are larger than 64 KB, most likely because of cookies. Every application under the same host name adds to them; on localhost that is every application on this machine",
  remedy:
    "Delete the cookies of this site in your browser's settings, or open the page in a private window. Then try again.",
};
const UNREADABLE: Refusal = { status: 400, sentence: "The request is not valid HTTP/1.1" };
const BY_CODE: Record<string, Refusal> = {
  HPE_HEADER_OVERFLOW: TOO_LARGE,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, sentence: "The extensions of a chunk are larger than 16 KB" },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    sentence: "The request did not arrive in time. Send it again on a new connection",
  },
};

/**
 * Answers a request that Node could not parse, and closes the connection. `latest` is the answer that this
 * connection is waiting for, if any. If that answer has begun, nothing is written into it.
 */
export function answerUnparsed(
  error: ParserError,
  socket: Socket,
  latest: ServerResponse | undefined,
  isLogged: boolean,
): void {
  if (refused.has(socket)) return;
  if (!socket.writable || error.code === "ECONNRESET" || isUnused(error, socket))
    return void socket.destroy();
  refused.add(socket);
  const packet = error.rawPacket?.toString("latin1") ?? "";
  const refusal =
    (error.code === "HPE_INVALID_METHOD" && judgeMethod(packet)) || (BY_CODE[error.code ?? ""] ?? UNREADABLE);
  const answer = () => {
    if (socket.writable) send(socket, refusal, prefersPage(packet, refusal), isLogged);
  };
  if (!latest || latest.writableFinished) answer();
  else if (latest.req.complete) latest.once("close", answer);
  else if (latest.headersSent || !latest.socket) socket.destroy();
  else answer();
}

/** True for a connection that was opened in advance, as browsers do, and never used. */
const isUnused = ({ code }: ParserError, socket: Socket) =>
  code === "ERR_HTTP_REQUEST_TIMEOUT" && socket.bytesRead === 0;

/** Refuses a request for a tunnel (CONNECT, RFC 9110 §9.3.6), for which Node hands over the socket. */
export function refuseConnect({ headers }: IncomingMessage, socket: Socket, isLogged: boolean): void {
  socket.on("error", () => {});
  send(
    socket,
    describeMethodRefusal({ status: 405, allow: SERVER_METHODS }),
    asksForHtml(headers.accept),
    isLogged,
  );
}

/** Connections that received their last answer. The parser reports each further packet on them too. */
const refused = new WeakSet<Socket>();

/**
 * Returns the refusal of a method that Node's parser does not know. It is refused like any known method that
 * the address does not answer. Addresses below /admin answer 404.
 */
function judgeMethod(packet: string): Refusal | null {
  const [, method, path] = REQUEST_LINE.exec(packet) ?? [];
  // The packet may begin with an earlier, complete request that is followed by the broken one.
  if (!method || !path || METHODS.includes(method)) return null;
  try {
    return describeMethodRefusal(findRefusal(method, path) ?? { status: 404 });
  } catch {
    return null;
  }
}

/**
 * True if the refusal is to be an HTML page. Cookies come from browsers, so a head that is too large gets a
 * page. Any other refusal is a page only if the caller asked for HTML.
 */
function prefersPage(packet: string, refusal: Refusal): boolean {
  const accept = ACCEPT.exec(packet)?.[1];
  return accept === undefined ? refusal === TOO_LARGE : asksForHtml(accept);
}

function send(socket: Socket, refusal: Refusal, isPage: boolean, isLogged: boolean): void {
  const requestId = newRequestId();
  const response = new ServerResponse(new IncomingMessage(socket));
  const body = refuse(response, refusal, isPage);
  response.setHeader("x-request-id", requestId);
  response.setHeader("content-length", Buffer.byteLength(body));
  response.setHeader("connection", "close");
  const headers = Object.entries(response.getHeaders()).map(
    ([name, value]) => `${name}: ${String(value)}\r\n`,
  );
  socket.end(`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\n${headers.join("")}\r\n${body}`);
  linger(socket);
  countRequest({ method: "", route: "(unreadable)", status: refusal.status, seconds: 0 });
  if (isLogged)
    logEvent(requestId, "request", {
      method: "",
      route: "(unreadable)",
      status: refusal.status,
      network: networkOf(socket.remoteAddress ?? "unknown"),
    });
}

/**
 * Reads and drops what still arrives. Unread data would reset the connection, and the caller would not see
 * the answer.
 */
function linger(socket: Socket): void {
  if (socket.readableEnded) return socket.destroySoon();
  socket.resume().once("end", () => socket.destroySoon());
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

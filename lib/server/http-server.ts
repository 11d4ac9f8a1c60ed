import {
  createServer,
  ServerResponse,
  type RequestListener,
  type Server,
  type ServerOptions,
} from "node:http";
import type { Socket } from "node:net";

import { answerUnparsed, refuseConnect } from "#lib/server/answer-unparsed.ts";

/**
 * Of a request's head: address and headers together. Cookies ignore ports, so applications on localhost send
 * each other's.
 */
const HEAD_LIMIT_BYTES = 64 * 1024;
/**
 * How long a request's head may take from its first byte, and a whole request. Neither counts the time
 * between two requests.
 */
const HEAD_MS = 60_000;
const REQUEST_MS = 300_000;
/** Where Next's hot reload listens for a WebSocket while developing. */
const HOT_RELOAD = /^\/_next\//;

/** An answer that HTTP/1.0 caches do not keep either, if it is not to be stored (RFC 6749 §5.1). */
class Answer extends ServerResponse {
  override writeHead(status: number, ...rest: [message?: never, headers?: never]): this {
    if (String(this.getHeader("cache-control") ?? "").includes("no-store"))
      this.setHeader("pragma", "no-cache");
    return super.writeHead(status, ...rest);
  }
}

/**
 * How long a connection without a request stays open, and whether requests that were not parsed are logged.
 */
export type HttpServerSettings = { keepAliveMs: number; isLogged: boolean; isDevelopment: boolean };

/**
 * Makes the server in front of Next, which does not listen yet. It answers what Node would drop, or answer
 * with an empty body: requests that it cannot parse, CONNECT, and a request to change the protocol, which is
 * answered in HTTP/1.1 (RFC 9110 §7.8).
 * `options` overrides Node's, for tests.
 */
export function makeHttpServer(
  handle: RequestListener,
  settings: HttpServerSettings,
  options: ServerOptions = {},
): Server {
  const server = createServer(
    {
      maxHeaderSize: HEAD_LIMIT_BYTES,
      headersTimeout: HEAD_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: settings.keepAliveMs,
      // `answerEarly` judges the Host header, with a sentence.
      requireHostHeader: false,
      // Next listens for upgrades in production too, and then says nothing.
      shouldUpgradeCallback: ({ url }) => settings.isDevelopment && HOT_RELOAD.test(url ?? ""),
      ...options,
      ServerResponse: Answer as typeof ServerResponse,
    },
    handle,
  );
  const latest = new WeakMap<Socket, ServerResponse>();
  server.prependListener("request", ({ socket, headers }, response) => {
    latest.set(socket, response);
    // Node takes what follows such a request in the same packet for the other protocol.
    if (headers.upgrade) response.setHeader("connection", "close");
  });
  server.on("clientError", (error, socket) =>
    answerUnparsed(error, socket as Socket, latest.get(socket as Socket), settings.isLogged),
  );
  // Any other expectation than 100-continue is ignored (RFC 9110 §10.1.1).
  server.on("checkExpectation", (request, response) => server.emit("request", request, response));
  server.on("connect", (request, socket) => refuseConnect(request, socket as Socket, settings.isLogged));
  return server;
}

import {
  createServer,
  ServerResponse,
  type RequestListener,
  type Server,
  type ServerOptions,
} from "node:http";
import type { Socket } from "node:net";

import { answerUnparsed, refuseConnect } from "#lib/server/front/answer-unparsed.ts";
import { NEXTS_PREFIX } from "#lib/server/front/find-traits.ts";

/**
 * Limit of a request's head: address and headers together. Cookies ignore ports, so a browser sends the
 * cookies of every application on localhost.
 */
const HEAD_LIMIT_BYTES = 64 * 1024;
/**
 * Time limits for a request's head, from its first byte, and for a whole request. Neither counts the time
 * between two requests.
 */
const HEAD_MS = 60_000;
const REQUEST_MS = 300_000;

/**
 * A response that tells HTTP/1.0 caches too that it must not be stored, if `Cache-Control` says so (RFC 6749
 * §5.1).
 */
class Answer extends ServerResponse {
  override writeHead(status: number, ...rest: [message?: never, headers?: never]): this {
    if (String(this.getHeader("cache-control") ?? "").includes("no-store"))
      this.setHeader("pragma", "no-cache");
    return super.writeHead(status, ...rest);
  }
}

/**
 * `keepAliveMs`: how long an idle connection stays open. `isLogged`: whether requests that could not be
 * parsed are logged.
 */
export type HttpServerSettings = { keepAliveMs: number; isLogged: boolean; isDevelopment: boolean };

/**
 * Makes the server in front of Next. It does not listen yet.
 *
 * It also answers requests that Node would drop, or answer with an empty body: requests that it cannot parse,
 * CONNECT, and a request to change the protocol, which is answered in HTTP/1.1 (RFC 9110 §7.8). `options`
 * overrides Node's options, for tests.
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
      // `answerEarly` checks the Host header, and answers with a message.
      requireHostHeader: false,
      // While developing, Next's hot reload listens for a WebSocket. Next listens for upgrades in production
      // too, and then never answers them.
      shouldUpgradeCallback: ({ url }) => settings.isDevelopment && Boolean(url?.startsWith(NEXTS_PREFIX)),
      ...options,
      ServerResponse: Answer as typeof ServerResponse,
    },
    handle,
  );
  const latest = new WeakMap<Socket, ServerResponse>();
  server.prependListener("request", ({ socket, headers }, response) => {
    latest.set(socket, response);
    // After such a request, Node treats the rest of the packet as the other protocol.
    if (headers.upgrade) response.setHeader("connection", "close");
  });
  server.on("clientError", (error, socket) =>
    answerUnparsed(error, socket as Socket, latest.get(socket as Socket), settings.isLogged),
  );
  // Any expectation other than 100-continue is ignored (RFC 9110 §10.1.1).
  server.on("checkExpectation", (request, response) => server.emit("request", request, response));
  server.on("connect", (request, socket) => refuseConnect(request, socket as Socket, settings.isLogged));
  return server;
}

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

import next from "next";

import { CLIENT_ADDRESS_HEADER } from "#lib/http/client-address.ts";
import { DOCUMENT_HEADER } from "#lib/http/document-header.ts";
import { env } from "#lib/env.ts";
import { newRequestId } from "#lib/log.ts";
import { withRequestId } from "#lib/request-id.ts";
import { finishDocument, honourPageStatus, isDocumentRequest } from "#lib/server/documents.ts";
import { findRefusal, hideAdministration } from "#lib/server/find-refusal.ts";
import { answerHealth } from "#lib/server/health.ts";
import { hideNothing } from "#lib/server/hide-nothing.ts";
import { noteRequest } from "#lib/server/note-request.ts";
import { trackRequests } from "#lib/server/requests-under-way.ts";

const BODY_LIMIT_BYTES = 2 * 1024 * 1024;
/** Where a logo may be uploaded, the form says itself what is too large, and keeps what was typed beside it; the API says it in its own form. */
const UPLOAD = /^\/legrand\/(applications|api)\//;
const UPLOAD_LIMIT_BYTES = 64 * 1024 * 1024;
const LOOPBACK = /^(127\.0\.0\.1|\[::1\])(:\d+)?$/;
const LOCAL_NAME = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;
const DOTS = /[\\/]\.{1,2}(?![^\\/])/;
const KEPT_MAIL = /^\/legrand\/mail(?![^/])/;

/** Of a proxy that we trust: an identifier, and nothing that would be more in a log. */
const HARMLESS_ID = /^[\w.-]{4,36}$/;

/** The running server: how to end it without cutting a request. Returns how many had to be. */
export type Serving = { end: (delayMs: number, graceMs: number) => Promise<number>; requestsUnderWay: () => number };

/** Starts Next behind a small server that says who is calling, and listens. Rejects when the port is taken. */
export async function serve(isDevelopment: boolean): Promise<Serving> {
  const { port, origin, isHttps, trustProxy, logRequests } = env();
  const app = next({ dev: isDevelopment, dir: process.cwd(), hostname: new URL(origin).hostname, port });
  let ready: Promise<void> | undefined;
  let isServing = false;
  const server = createServer((request, response) => {
    const requestId = requestIdOf(request, trustProxy);
    response.setHeader("X-Request-Id", requestId);
    if (answerHealth(request, response, () => ({ isServing, isStopping: requests.isEnding() }))) return;
    requests.note(response);
    noteRequest(request, response, { requestId, address: addressOf(request, trustProxy), isLogged: logRequests });
    withRequestId(requestId, () => answer(request, response, requestId));
  });
  const requests = trackRequests(server);
  const answer = (request: IncomingMessage, response: ServerResponse, requestId: string) => {
    if (isHttps) response.setHeader("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
    if (!isReadable(request.url)) return refuse(response, 400, "The address is not a path of this server in percent-encoded UTF-8");
    const limit = UPLOAD.test(request.url ?? "") ? UPLOAD_LIMIT_BYTES : BODY_LIMIT_BYTES;
    if (Number(request.headers["content-length"] ?? 0) > limit) return refuse(response, 413, `The body is larger than ${limit / 1024 / 1024} MB`);
    const refusal = findRefusal(request.method, request.url);
    if (refusal === 404) return refuse(response, 404, "There is nothing at this address");
    if (refusal === 405) return refuse(response.setHeader("allow", "GET, HEAD"), 405, "This is a page: it can be read, and its forms lead to other addresses");
    if (isRebound(request)) return refuse(response, 421, "The kept mail is shown under the name localhost only");
    if (strayed(request, origin)) return home(request, response, origin);
    setTrustedHeaders(request, new URL(origin), trustProxy);
    request.url = hideAdministration(request.method, request.url)!;
    request.headers["x-request-id"] = requestId;
    const isDocument = isDocumentRequest(request);
    request.headers[DOCUMENT_HEADER] = isDocument ? "1" : "0";
    if (isDocument) finishDocument(request, response, requestId);
    else {
      honourPageStatus(response, requestId);
      hideNothing(request, response);
    }
    void ready?.then(() => app.getRequestHandler()(request, response));
  };
  // Bound before the build is loaded, so that a taken port is known at once.
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, resolve));
  await (ready = app.prepare());
  isServing = true;
  if (isDevelopment) server.on("upgrade", (request, socket, head) => void app.getUpgradeHandler()(request, socket, head));
  return { end: requests.end, requestsUnderWay: requests.count };
}

/** A proxy that counts its requests gives each its identifier; anybody else's could be any text, or the one of another request. */
function requestIdOf(request: IncomingMessage, trustProxy: boolean): string {
  const given = request.headers["x-request-id"];
  return trustProxy && typeof given === "string" && HARMLESS_ID.test(given) ? given : newRequestId();
}

/** The address that the connection came from, or that the proxy in front says. */
function addressOf(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = [request.headers["x-forwarded-for"]].flat().join(",").split(",").at(-1)?.trim();
  return (trustProxy && forwarded) || request.socket.remoteAddress || "unknown";
}

/**
 * Who is calling, and under which name, is said by this server and not by the caller: a forged `X-Forwarded-For` would slip
 * past the limit of sign-in attempts, a forged `X-Forwarded-Host` past the origin check of server actions.
 */
function setTrustedHeaders(request: IncomingMessage, origin: URL, trustProxy: boolean): void {
  request.headers[CLIENT_ADDRESS_HEADER] = addressOf(request, trustProxy);
  request.headers["x-forwarded-for"] = request.headers[CLIENT_ADDRESS_HEADER];
  request.headers["x-forwarded-proto"] = origin.protocol.slice(0, -1);
  request.headers["x-forwarded-host"] = origin.host;
  request.headers.host = origin.host;
}

/** Whether a person came by another name of this machine (127.0.0.1 for localhost): cookies would not follow them. */
function strayed(request: IncomingMessage, origin: string): boolean {
  const host = request.headers.host ?? "";
  return request.method === "GET" && request.headers["sec-fetch-mode"] === "navigate"
    && LOOPBACK.test(host) && new URL(origin).hostname === "localhost";
}

/**
 * The kept mail is there for whoever sits at this machine, without signing in. A web site that lets its own name point to this
 * machine (DNS rebinding) is of the same origin as what it reads; only the name it asks for tells.
 */
function isRebound(request: IncomingMessage): boolean {
  const path = URL.parse(request.url ?? "", "http://here.invalid")?.pathname ?? "";
  return KEPT_MAIL.test(path) && !LOCAL_NAME.test(request.headers.host ?? "");
}

function home(request: IncomingMessage, response: ServerResponse, origin: string): void {
  const path = request.url?.startsWith("/") && !request.url.startsWith("//") ? request.url : "/";
  response.writeHead(307, { location: origin + path }).end();
}

/**
 * Whether the request target is a path (RFC 9112 §3.2.1) that decodes, without "..": clients resolve these (RFC 3986 §5.2.4), Next would do so
 * after we have looked at where it leads. Next answers anything else with a 500 or a redirect.
 */
function isReadable(target = ""): boolean {
  if (!target.startsWith("/")) return false;
  try {
    return !DOTS.test(decodeURIComponent(target.split("?")[0]!));
  } catch {
    return false;
  }
}

/**
 * Answers before the body is read. The connection stays open until it was: closed at once, a client that is still sending
 * would see a broken connection in place of the answer (RFC 9112 §9.6). What comes in is dropped, not kept.
 */
function refuse(response: ServerResponse, status: 400 | 404 | 405 | 413 | 421, sentence: string): void {
  response.writeHead(status, { "content-type": "application/json" })
    .end(JSON.stringify({ error: "invalid_request", error_description: sentence }));
}

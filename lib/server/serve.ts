import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

import next from "next";

import { DOCUMENT_HEADER } from "#lib/http/document-header.ts";
import { env } from "#lib/env.ts";
import { withRequestId } from "#lib/request-id.ts";
import { answerEarly } from "#lib/server/answer-early.ts";
import { addressOf, requestIdOf, setTrustedHeaders } from "#lib/server/caller.ts";
import { answerBusy } from "#lib/server/connects-at-once.ts";
import { finishDocument, honourPageStatus, isDocumentRequest } from "#lib/server/documents.ts";
import { hideAdministration, isAdministration } from "#lib/server/hide-administration.ts";
import { answerHealth } from "#lib/server/health.ts";
import { noteRequest } from "#lib/server/note-request.ts";
import { trackRequests } from "#lib/server/requests-under-way.ts";

/** The running server: how to end it without cutting a request. Returns how many had to be. */
export type Serving = { end: (delayMs: number, graceMs: number) => Promise<number>; requestsUnderWay: () => number };

/** Starts Next behind a small server that says who is calling, and listens. Rejects when the port is taken. */
export async function serve(isDevelopment: boolean): Promise<Serving> {
  const { port, origin, trustProxy, logRequests } = env();
  const app = next({ dev: isDevelopment, dir: process.cwd(), hostname: new URL(origin).hostname, port });
  let ready: Promise<void> | undefined;
  let isServing = false;
  const server = createServer((request, response) => {
    const requestId = requestIdOf(request, trustProxy);
    response.setHeader("X-Request-Id", requestId);
    if (answerHealth(request, response, () => ({ isServing, isStopping: requests.isEnding() }))) return;
    requests.note(response);
    noteRequest(request, response, { requestId, address: addressOf(request, trustProxy), isLogged: logRequests });
    withRequestId(requestId, () => {
      if (prepare(request, response, requestId)) void ready?.then(() => app.getRequestHandler()(request, response));
    });
  });
  const requests = trackRequests(server);
  // Bound before the build is loaded, so that a taken port is known at once.
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, resolve));
  await (ready = app.prepare());
  isServing = true;
  if (isDevelopment) server.on("upgrade", (request, socket, head) => void app.getUpgradeHandler()(request, socket, head));
  return { end: requests.end, requestsUnderWay: requests.count };
}

/** Makes of a request and its answer what Next is to see of them. False where it was answered already. */
function prepare(request: IncomingMessage, response: ServerResponse, requestId: string): boolean {
  const { origin, isHttps, trustProxy } = env();
  if (isHttps) response.setHeader("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
  if (answerEarly(request, response, origin)) return false;
  setTrustedHeaders(request, new URL(origin), trustProxy);
  if (answerBusy(request, response)) return false;
  const isDocument = isDocumentRequest(request);
  hideAdministration(request);
  request.headers["x-request-id"] = requestId;
  request.headers[DOCUMENT_HEADER] = isDocument ? "1" : "0";
  if (isDocument || isAdministration(request.url)) finishDocument(request, response, { requestId, isDocument });
  else honourPageStatus(response, requestId);
  return true;
}

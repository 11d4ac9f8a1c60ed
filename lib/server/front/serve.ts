import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

import next from "next";

import { whileAnswering } from "#lib/http/after-answer.ts";
import { DOCUMENT_HEADER, SHOWN_ERROR_HEADER } from "#lib/http/server-headers.ts";
import { env } from "#lib/env.ts";
import { withRequestId } from "#lib/request-id.ts";
import { askEndpoint, matchEndpoint, sendAnswer, type Endpoints } from "#lib/server/front/answer-endpoint.ts";
import { answerEarly } from "#lib/server/front/answer-early.ts";
import { answerPrefetch } from "#lib/server/front/answer-prefetch.ts";
import { addressOf, requestIdOf, setTrustedHeaders } from "#lib/server/front/caller.ts";
import { answerBusy } from "#lib/server/front/connects-at-once.ts";
import {
  finishDocument,
  honourPageStatus,
  isDocumentRequest,
} from "#lib/server/documents/finish-document.ts";
import { dropUnusableCookies } from "#lib/server/front/drop-unusable-cookies.ts";
import { hasOneHost } from "#lib/server/front/has-one-host.ts";
import { answerHealth } from "#lib/server/front/health.ts";
import { findTraits } from "#lib/server/front/find-traits.ts";
import { hideAdministration } from "#lib/server/front/hide-administration.ts";
import { makeHttpServer } from "#lib/server/front/http-server.ts";
import { guardKeptMail } from "#lib/server/front/kept-mail.ts";
import { listen, makeListeners } from "#lib/server/front/listen.ts";
import { recordRequest } from "#lib/server/front/record-request.ts";
import { answerOtherName } from "#lib/server/front/other-name.ts";
import { withoutEffectsOfHead } from "#lib/server/front/without-effects-of-head.ts";
import { trackRequests } from "#lib/server/front/requests-under-way.ts";
import { renderError, type Render } from "#lib/server/front/show-error.ts";

/**
 * The running server. `end` stops it without cutting a request before the grace period is over, and returns
 * how many requests had to be cut.
 */
export type Serving = {
  end: (delayMs: number, graceMs: number) => Promise<number>;
  requestsUnderWay: () => number;
};

/**
 * Starts Next behind a small server that identifies the caller, and listens. Rejects if the port is taken.
 */
export async function serve(isDevelopment: boolean): Promise<Serving> {
  const { port, hosts, origin, sandbox, trustProxy, logRequests, keepAliveMs } = env();
  const app = next({ dev: isDevelopment, dir: process.cwd(), hostname: new URL(origin).hostname, port });
  // Imported only now that the database is open, and only if there is a sandbox.
  const endpoints: Endpoints = sandbox ? (await import("#lib/legrand/endpoints.ts")).SANDBOX_ENDPOINTS : {};
  const answer = makeAnswer(endpoints, (request, response) => app.getRequestHandler()(request, response));
  let ready: Promise<void> | undefined;
  let isServing = false;
  const handle: RequestListener = (request, response) => {
    const requestId = requestIdOf(request, trustProxy);
    response.setHeader("X-Request-Id", requestId);
    if (
      hasOneHost(request) &&
      answerHealth(request, response, () => ({ isServing, isStopping: requests.isEnding() }))
    )
      return;
    requests.note(response);
    recordRequest(request, response, {
      requestId,
      address: addressOf(request, trustProxy),
      isLogged: logRequests,
    });
    withRequestId(requestId, () =>
      withoutEffectsOfHead(request, response, () => {
        if (prepare(request, response, requestId))
          void Promise.all([ready, requests.admit()]).then(() =>
            whileAnswering(response, () => answer({ request, response, requestId })),
          );
      }),
    );
  };
  const listeners = makeListeners(hosts, () =>
    makeHttpServer(handle, { keepAliveMs, isDevelopment, isLogged: logRequests }),
  );
  const servers = listeners.map(({ server }) => server);
  const requests = trackRequests(servers);
  // Listens before the build is loaded, so that a taken port is reported at once.
  await listen(listeners, port);
  await (ready = app.prepare());
  isServing = true;
  if (isDevelopment) {
    for (const server of servers)
      server.on("upgrade", (request, socket, head) => void app.getUpgradeHandler()(request, socket, head));
  }
  return { end: requests.end, requestsUnderWay: requests.count };
}

/** A request that is being answered. */
type Exchange = { request: IncomingMessage; response: ServerResponse; requestId: string };

/**
 * Returns the function that answers a prepared request: by an endpoint of the sandbox, or by Next. If an
 * endpoint answers with a sealed error, Next renders the error page instead.
 */
function makeAnswer(endpoints: Endpoints, render: Render) {
  return async ({ request, response, requestId }: Exchange): Promise<void> => {
    const endpoint = matchEndpoint(endpoints, request);
    if (!endpoint) return render(request, response);
    const answer = await askEndpoint(endpoint, request);
    const sealed = answer.headers.get(SHOWN_ERROR_HEADER);
    return sealed
      ? renderError(render, { request, response }, { sealed, status: answer.status, requestId })
      : sendAnswer(answer, endpoint.traits, { request, response });
  };
}

/**
 * Prepares the request and the response for the endpoint or for Next. Returns false if the request was already
 * answered.
 */
function prepare(request: IncomingMessage, response: ServerResponse, requestId: string): boolean {
  const { origin, hsts, trustProxy } = env();
  if (hsts) response.setHeader("Strict-Transport-Security", hsts);
  if (
    answerOtherName(request, response) ||
    guardKeptMail(request, response) ||
    answerEarly(request, response) ||
    answerPrefetch(request, response)
  )
    return false;
  setTrustedHeaders(request, new URL(origin), trustProxy);
  dropUnusableCookies(request, response);
  if (answerBusy(request, response)) return false;
  const isDocument = isDocumentRequest(request);
  hideAdministration(request);
  request.headers["x-request-id"] = requestId;
  request.headers[DOCUMENT_HEADER] = isDocument ? "1" : "0";
  const { isHidden, kind } = findTraits(request.url);
  if (isDocument || isHidden || kind === "page") finishDocument(request, response, { requestId, isDocument });
  else honourPageStatus(response, requestId);
  return true;
}

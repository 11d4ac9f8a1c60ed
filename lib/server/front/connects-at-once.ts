import type { IncomingMessage, ServerResponse } from "node:http";

import { env } from "#lib/env.ts";
import { countConnection } from "#lib/metrics.ts";
import { asksForHtml } from "#lib/http/content-negotiation.ts";
import { plainDocument } from "#lib/server/documents/plain-document.ts";
import { findTraits } from "#lib/server/front/find-traits.ts";

/**
 * Bounds of `Retry-After`, in seconds. It is random for each refusal, so that clients that were refused
 * together do not come back together.
 */
const WAIT = { least: 3, most: 7 };

let limiter: ReturnType<typeof limitConnects> | undefined;

/**
 * Answers a `POST /connect` with 503 if this process already handles `CONNECTS_AT_ONCE` connects. Returns
 * true if it answered.
 */
export function answerBusy(request: IncomingMessage, response: ServerResponse): boolean {
  return (limiter ??= limitConnects(env().connectsAtOnce))(request, response);
}

/** A request and its response, for as long as the connection lasts. */
type Exchange = { request: IncomingMessage; response: ServerResponse };

/**
 * Limits the connects in flight in this process to `limit`. A connect is in flight while the server works on
 * one of its requests. A person who reads the consent page, or a stranger who begins and never goes on, does
 * not count (decision 40).
 *
 * Returns a function that answers a request with 503 and `Retry-After` if it would begin one connect too
 * many, and returns true if it did. Only the first step is refused; later steps always go on.
 */
export function limitConnects(
  limit: number,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const steps = new Set<Exchange>();
  return (request, response) => {
    const { connectStep } = findTraits(request.url);
    // A connect begins with a POST: of Connect's button, or of next-auth's own form.
    const isBeginning = request.method === "POST" && connectStep === "first";
    if (!isBeginning && connectStep !== "later") return false;
    if (isBeginning && countWorkedOn(steps) >= limit) {
      refuse(request, response);
      return true;
    }
    const exchange = { request, response };
    steps.add(exchange);
    response.once("close", () => steps.delete(exchange));
    return false;
  };
}

/**
 * Counts the requests that the server works on now. A request counts from its last byte until the server has
 * written the whole answer, except while the reader is too slow to take it. Otherwise someone who sends or
 * reads slowly would block other users.
 */
function countWorkedOn(steps: Set<Exchange>): number {
  let count = 0;
  for (const { request, response } of steps)
    if (request.complete && !response.writableEnded && !response.writableNeedDrain) count++;
  return count;
}

function refuse(request: IncomingMessage, response: ServerResponse): void {
  const seconds = WAIT.least + Math.floor(Math.random() * (WAIT.most - WAIT.least + 1));
  countConnection("busy");
  response.statusCode = 503;
  response.setHeader("retry-after", String(seconds));
  if (asksForHtml(request.headers.accept)) response.end(busyDocument(response, seconds));
  else
    response
      .setHeader("cache-control", "no-store")
      .setHeader("content-type", "application/json")
      .end(
        JSON.stringify({
          error: "temporarily_unavailable",
          error_description: `Too many accounts are being connected at this moment. Nothing was changed; try again in ${seconds} seconds.`,
        }),
      );
}

function busyDocument(response: ServerResponse, seconds: number): string {
  return plainDocument(response, {
    code: "503",
    title: "Many people are connecting right now",
    paragraphs: [
      `Your connection was not started, and nothing was changed. Wait ${seconds} seconds, then go back and try again.`,
      '<a href="/">Go to the start page</a>',
    ],
  });
}

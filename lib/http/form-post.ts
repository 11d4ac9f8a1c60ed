import { env } from "#lib/env.ts";
import type { IncomingRequest } from "#lib/http/incoming-request.ts";
import { UnreadableRequestError } from "#lib/http/read-body.ts";
import { readForm } from "#lib/http/read-parameters.ts";
import { isDatabaseFailure } from "#lib/http/database-failure.ts";
import { logError } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";

/**
 * The browser sends this address in the head of its next request, of which Node reads 16 KiB, including
 * cookies.
 */
const ADDRESS_LIMIT = 14_000;

/**
 * Redirects the browser after a form post (RFC 9110 §15.4.4), so that a reload repeats nothing. Throws
 * `UnreadableRequestError` if the address is longer than a server would read.
 */
export function seeOther(location: string, ...cookies: string[]): Response {
  if (location.length > ADDRESS_LIMIT)
    throw new UnreadableRequestError(400, "The form has a value that is too long for a URL");
  const headers = new Headers({ location, "cache-control": "no-store" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}

/** Answers a request that could not be read. */
export function answerUnreadable(error: UnreadableRequestError): Response {
  return Response.json(
    { error: "invalid_request", error_description: error.message },
    {
      // With 415, the header says which codings a body may have (RFC 9110 §15.5.16).
      status: error.status,
      headers: {
        "cache-control": "no-store",
        ...(error.status === 415 ? { "accept-encoding": "identity" } : {}),
      },
    },
  );
}

/**
 * The message for a caller who must not learn that an address exists. The server replaces it with the page
 * for an unknown address.
 */
export const NOTHING_HERE = "Nothing exists at this address.";

/** Answers as if the route did not exist for this caller. */
export function answerNothingHere(): Response {
  return answerInvalid(404, NOTHING_HERE);
}

/** Refuses a form that no page here sends. What it asks for cannot be done, and nothing was changed. */
export function answerInvalid(status: 400 | 403 | 404 | 409 | 413 | 422, sentence: string): Response {
  return Response.json(
    { error: status === 404 ? "not_found" : "invalid_request", error_description: sentence },
    {
      status,
      headers: { "cache-control": "no-store" },
    },
  );
}

/**
 * Answers an internal failure. Logs it once, with a request id that the answer repeats. The status is 503 if
 * the database is the reason.
 */
export function answerFailure(request: Pick<IncomingRequest, "headers">, error: unknown): Response {
  const requestId = request.headers.get("x-request-id") ?? currentRequestId();
  logError(requestId, "form", error);
  const unavailable = isDatabaseFailure(error);
  return Response.json(
    {
      error: unavailable ? "temporarily_unavailable" : "server_error",
      error_description: `${unavailable ? "The database does not answer." : "Something failed on our side."} The step was not completed; try again in a moment. Request ${requestId}`,
      request_id: requestId,
    },
    {
      status: unavailable ? 503 : 500,
      headers: { "cache-control": "no-store", ...(unavailable ? { "retry-after": "5" } : {}) },
    },
  );
}

/**
 * True if a form post comes from a page of this origin (OWASP CSRF Cheat Sheet, "Verifying origin"). A
 * browser always says so: by `Origin`, or, from a page with `Referrer-Policy: no-referrer`, by `Origin: null`
 * together with `Sec-Fetch-Site: same-origin`. A caller that sends neither header is not a browser, and has
 * only cookies that are its own.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site && site !== "same-origin" && site !== "none") return false;
  const origin = headers.get("origin");
  if (origin === null || origin === env().origin) return true;
  return origin === "null" && site === "same-origin";
}

/**
 * Returns a route handler for a plain HTML form. Checks that the request has the same origin, is within the
 * size limit and is readable; then calls `work`, which returns the address to redirect to, or a response.
 * Never throws.
 */
export function formPost<Context>(
  work: (form: URLSearchParams, headers: Headers, context: Context) => Promise<string | Response>,
) {
  return sameOriginPost<Context>(async (request, context) =>
    work(await readForm(request), request.headers, context),
  );
}

/** Like `formPost`, for a form whose body `work` reads itself: a large one, or one with a file. */
export function sameOriginPost<Context>(
  work: (request: Request, context: Context) => Promise<string | Response>,
) {
  return async (request: Request, context: Context): Promise<Response> => {
    if (!isSameOrigin(request.headers)) {
      return Response.json(
        {
          error: "forbidden",
          error_description: `This form was sent from another site than ${env().origin}. Nothing was changed.`,
        },
        { status: 403 },
      );
    }
    try {
      const answer = await work(request, context);
      return typeof answer === "string" ? seeOther(answer) : answer;
    } catch (error) {
      return error instanceof UnreadableRequestError
        ? answerUnreadable(error)
        : answerFailure(request, error);
    }
  };
}

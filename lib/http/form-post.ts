import { env } from "#lib/env.ts";
import { isSameOrigin } from "#lib/http/same-origin.ts";
import { readForm, UnreadableRequestError } from "#lib/http/read-parameters.ts";
import { isDatabaseFailure } from "#lib/http/is-database-failure.ts";
import { logError } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";

/**
 * The browser sends an address back in the head of its next request, of which Node reads 16 KiB, cookies
 * included.
 */
const ADDRESS_LIMIT = 14_000;

/**
 * Where the browser goes after a form post (RFC 9110 §15.4.4): a reload there repeats nothing. Throws
 * `UnreadableRequestError` if what was sent makes an address that no server would read.
 */
export function seeOther(location: string, ...cookies: string[]): Response {
  if (location.length > ADDRESS_LIMIT)
    throw new UnreadableRequestError(400, "The form has a value that is too long for a URL");
  const headers = new Headers({ location, "cache-control": "no-store" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}

/** A request that could not be read. */
export function answerUnreadable(error: UnreadableRequestError): Response {
  return Response.json(
    { error: "invalid_request", error_description: error.message },
    {
      // Which codings a body may have (RFC 9110 §15.5.16).
      status: error.status,
      headers: {
        "cache-control": "no-store",
        ...(error.status === 415 ? { "accept-encoding": "identity" } : {}),
      },
    },
  );
}

/**
 * To whoever may not know of it, there is nothing at an address: in these words, that our server turns into
 * those of an unknown address.
 */
export const NOTHING_HERE = "Nothing exists at this address.";

/** The answer of a route that is not there for whoever asks. */
export function answerNothingHere(): Response {
  return answerInvalid(404, NOTHING_HERE);
}

/** A form that no page of ours sends: what it asks for cannot be done, and nothing was changed. */
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
 * A failure of ours: logged once, with a request id that the answer repeats. 503 when the database is the
 * reason.
 */
export function answerFailure(request: Request, error: unknown): Response {
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
 * A route handler for a plain HTML form: same origin, bounded, readable; then `work`, which answers with the
 * address to go to, or with a response of its own. Never throws.
 */
export function formPost<Context>(
  work: (form: URLSearchParams, headers: Headers, context: Context) => Promise<string | Response>,
) {
  return sameOriginPost<Context>(async (request, context) =>
    work(await readForm(request), request.headers, context),
  );
}

/** The same for a form whose body `work` reads itself: a large one, or one with a file. */
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

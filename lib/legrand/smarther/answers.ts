const NO_STORE = { "cache-control": "no-store" };

/** An answer of the API that nobody keeps. */
export function answerJson(body: unknown, status: 200 | 201 = 200): Response {
  return Response.json(body, { status, headers: NO_STORE });
}

/** There is nothing to list (Legrand answers 204 in place of an empty list). */
export function answerNothing(): Response {
  return new Response(null, { status: 204, headers: NO_STORE });
}

/** It is done, and there is nothing to read. */
export function answerDone(): Response {
  return new Response(null, { status: 200, headers: NO_STORE });
}

type RefusalStatus = 400 | 401 | 403 | 404 | 405 | 406 | 409 | 430 | 500 | 503;

/**
 * A refusal in the API's form, `{"statusCode":430,"message":"…"}` and further members; nothing was changed.
 */
export function answerRefusal(
  statusCode: RefusalStatus,
  message: string,
  headers: Record<string, string> = {},
  more: object = {},
): Response {
  return Response.json(
    { statusCode, message, ...more },
    { status: statusCode, headers: { ...NO_STORE, ...headers } },
  );
}

/**
 * One and the same for what does not exist, what belongs to another account, and what is no identifier at
 * all.
 */
export const answerNotFound = (): Response => answerRefusal(404, "Resource not found");

/** The cloud knows the home, and cannot reach it. */
export const answerOffline = (): Response => answerRefusal(404, "Gateway offline");

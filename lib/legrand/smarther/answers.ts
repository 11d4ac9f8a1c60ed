const NO_STORE = { "cache-control": "no-store" };

/** Answers with JSON that must not be cached. */
export function answerJson(body: unknown, status: 200 | 201 = 200): Response {
  return Response.json(body, { status, headers: NO_STORE });
}

/** Answers that the list is empty (Legrand answers 204 instead of an empty list). */
export function answerNothing(): Response {
  return new Response(null, { status: 204, headers: NO_STORE });
}

/** Answers that the request was carried out, without a body. */
export function answerDone(): Response {
  return new Response(null, { status: 200, headers: NO_STORE });
}

type RefusalStatus = 400 | 401 | 403 | 404 | 405 | 406 | 409 | 430 | 500 | 503;

/**
 * Answers with a refusal in the API's form, `{"statusCode":430,"message":"…"}` and further members. Nothing
 * was changed.
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
 * Answers 404. The answer is the same for what does not exist, for what belongs to another account, and for a
 * malformed identifier.
 */
export const answerNotFound = (): Response => answerRefusal(404, "Resource not found");

/** Answers that the cloud knows the home but cannot reach it. */
export const answerOffline = (): Response => answerRefusal(404, "Gateway offline");

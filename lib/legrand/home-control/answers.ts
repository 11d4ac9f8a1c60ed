import { userMessageOf } from "#lib/legrand/openapi/user-messages.ts";

const NO_STORE = { "cache-control": "no-store" };

/**
 * Returns an error in the form of the Home + Control API,
 * `{"errors":[{"userMessage":"…","internalMessage":"…","code":404}]}`. Nothing was changed. Legrand does not
 * document `code`; here it repeats the status. `more` adds members for an internal failure.
 */
export function answerErrors(
  status: number,
  internalMessage: string,
  headers: Record<string, string> = {},
  more: object = {},
): Response {
  return Response.json(
    { errors: [{ userMessage: userMessageOf(status), internalMessage, code: status }], ...more },
    { status, headers: { ...NO_STORE, ...headers } },
  );
}

/** Returns the same error for an unknown id, for another account's resource, and for a malformed id. */
export const answerUnknown = (): Response => answerErrors(404, "Resource not found");

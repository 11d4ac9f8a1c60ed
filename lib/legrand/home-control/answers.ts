import { userMessageOf } from "#lib/legrand/smarther/openapi/home-control/user-messages.ts";

const NO_STORE = { "cache-control": "no-store" };

/**
 * A refusal in the form of the Home + Control API,
 * `{"errors":[{"userMessage":"…","internalMessage":"…","code":404}]}`; nothing was changed. Legrand does not
 * say what `code` means: here it repeats the status. `more` has further members, for a failure of ours.
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

/** One answer for what does not exist, what belongs to another account, and what is not an identifier. */
export const answerUnknown = (): Response => answerErrors(404, "Resource not found");

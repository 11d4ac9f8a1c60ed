const NO_STORE = { "cache-control": "no-store" };

/** What the person in front of the application may read, by status. */
const USER_MESSAGES: Record<number, string> = {
  400: "The request is not valid.",
  403: "This is not allowed.",
  404: "This was not found.",
  405: "This is not possible here.",
  406: "The product does not answer.",
  503: "The service does not answer. Try again in a moment.",
};

/**
 * A refusal in the form of the Home + Control API, `{"errors":[{"userMessage":"…","internalMessage":"…","code":404}]}`; nothing was
 * changed. Legrand does not say what `code` means: here it repeats the status. `more` has further
 * members, for a failure of ours.
 */
export function answerErrors(status: number, internalMessage: string, headers: Record<string, string> = {}, more: object = {}): Response {
  const userMessage = USER_MESSAGES[status] ?? "Something failed. Try again in a moment.";
  return Response.json({ errors: [{ userMessage, internalMessage, code: status }], ...more }, { status, headers: { ...NO_STORE, ...headers } });
}

/** One answer for what does not exist, what belongs to another account, and what is not an identifier. */
export const answerUnknown = (): Response => answerErrors(404, "Resource not found");

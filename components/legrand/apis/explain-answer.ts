/** The parts of an answer that its explanation depends on. */
export type AnswerFacts = {
  status: number;
  message: string;
  challenge: string | null;
  retryAfterSeconds: string | null;
};

/**
 * Returns what an answer means and what to do about it, in a sentence or two, or an empty string if the body
 * needs no explanation.
 */
export function explainAnswer(answer: AnswerFacts, scope: { name: string; label: string }): string {
  const { status, message, retryAfterSeconds } = answer;
  if (status === 204) return "The list is empty.";
  if (status < 300) return "";
  if (status === 401) return explainUnauthorized(answer);
  if (status === 403) return explainForbidden(answer, scope);
  if (status === 404)
    return /offline/i.test(message)
      ? "The home’s gateway is offline: try again later."
      : "The token’s account has nothing with that ID. Take the IDs from the list of homes and from the home’s topology in the same API.";
  if (status === 406)
    return "The product is not reachable, or the gateway of its home is offline. Nothing was changed: try again later.";
  if (status === 409) return "One exists already: list it, or end it first.";
  if (status === 400 || status === 430)
    return "Something in the parameters or in the body is wrong, and nothing was changed. The message says what is wrong: correct it and send again.";
  if (status === 429) return `Too many calls at once: try again in ${retryAfterSeconds ?? "a few"} seconds.`;
  return "Something failed in the sandbox, and not in your request. Try again in a moment.";
}

function explainUnauthorized({ message, challenge }: AnswerFacts): string {
  if (/subscription key/i.test(message))
    return "The subscription key is not accepted: it may have been replaced. Choose another one, or see Subscriptions.";
  if (challenge?.includes("invalid_token"))
    return "The access token is expired, revoked or not from this sandbox. Get a new one with the refresh token, and send again.";
  return "There is no access token in the request. Paste one, and send again.";
}

function explainForbidden(
  { message, challenge, retryAfterSeconds }: AnswerFacts,
  scope: { name: string; label: string },
): string {
  if (challenge?.includes("insufficient_scope"))
    return `The person did not grant ${scope.name} (${scope.label}). Register the application for it, and ask that person again.`;
  if (retryAfterSeconds)
    return `The subscription has used up today’s calls for this person. The quota is replenished in ${Math.ceil(Number(retryAfterSeconds) / 60)} minutes; another subscription has its own quota.`;
  if (/suspended/i.test(message))
    return "The application that the token belongs to is suspended. Resume it under My Applications.";
  return "The call was refused. The message says why.";
}

const MESSAGES: Record<number, string> = {
  400: "The request is not valid.",
  403: "This is not allowed.",
  404: "This was not found.",
  405: "This is not possible here.",
  406: "The product does not answer.",
  503: "The service does not answer. Try again in a moment.",
};

/**
 * Returns the message for the person using an application, for a refusal of the Home + Control API with that
 * status.
 */
export const userMessageOf = (status: number): string =>
  MESSAGES[status] ?? "Something failed. Try again in a moment.";

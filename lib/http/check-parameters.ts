import { UnreadableRequestError } from "#lib/http/unreadable-request-error.ts";

/** Far beyond any form of ours. */
export const PARAMETER_LIMIT = 100;

/** The text of these bytes. Throws `UnreadableRequestError` when they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw notUtf8();
  }
}

/** The refusal of a request that is not UTF-8. */
export const notUtf8 = (): UnreadableRequestError =>
  new UnreadableRequestError(400, "The request is not UTF-8");

/** The refusal of a request with too many parameters. */
export const tooManyParameters = (): UnreadableRequestError =>
  new UnreadableRequestError(400, `The request has more than ${PARAMETER_LIMIT} parameters`);

/** The same parameters. Throws `UnreadableRequestError` when there are too many of them or one has a NUL. */
export function checkParameters(parameters: URLSearchParams): URLSearchParams {
  if (parameters.size > PARAMETER_LIMIT) throw tooManyParameters();
  // PostgreSQL stores no NUL in text.
  for (const [name, value] of parameters) {
    if (name.includes("\0") || value.includes("\0"))
      throw new UnreadableRequestError(400, "A parameter has a NUL character");
  }
  return parameters;
}

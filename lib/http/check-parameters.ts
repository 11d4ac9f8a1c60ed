import { UnreadableRequestError } from "#lib/http/unreadable-request-error.ts";

/** Far more than any form of this project has. */
export const PARAMETER_LIMIT = 100;

/** Decodes these bytes as UTF-8. Throws `UnreadableRequestError` if they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw notUtf8();
  }
}

/** Returns the refusal of a request that is not UTF-8. */
export const notUtf8 = (): UnreadableRequestError =>
  new UnreadableRequestError(400, "The request is not UTF-8");

/** Returns the refusal of a request with too many parameters. */
export const tooManyParameters = (): UnreadableRequestError =>
  new UnreadableRequestError(400, `The request has more than ${PARAMETER_LIMIT} parameters`);

/**
 * Returns the same parameters. Throws `UnreadableRequestError` if there are too many, or if one has a NUL.
 */
export function checkParameters(parameters: URLSearchParams): URLSearchParams {
  if (parameters.size > PARAMETER_LIMIT) throw tooManyParameters();
  // PostgreSQL cannot store a NUL in text.
  for (const [name, value] of parameters) {
    if (name.includes("\0") || value.includes("\0"))
      throw new UnreadableRequestError(400, "A parameter has a NUL character");
  }
  return parameters;
}

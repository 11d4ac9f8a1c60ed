import { env } from "#lib/env.ts";
import { UnreadableRequestError } from "#lib/http/read-body.ts";
import { STATE_LIMIT_BYTES } from "#lib/legrand/authorization-server/bounds.ts";

/**
 * Throws `UnreadableRequestError` (400) if the `state` of an authorization request, or all its parameters
 * together, are too long. The size is the number of bytes of the decoded names and values. The server stores
 * them before a user has signed in (decision 32), and `state` would be part of the URL that leads back. So
 * the user sees an error page, and the application receives nothing.
 */
export function checkRequestSize(parameters: URLSearchParams): void {
  if (parameters.getAll("state").some((state) => Buffer.byteLength(state) > STATE_LIMIT_BYTES))
    throw tooLong("the parameter state is", STATE_LIMIT_BYTES);
  const limit = env().sandbox!.authorizeMaxBytes;
  const size = [...parameters].flat().reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (size > limit) throw tooLong("the parameters together are", limit);
}

const tooLong = (what: string, limit: number) =>
  new UnreadableRequestError(400, `${what} longer than ${limit.toLocaleString("en")} bytes`);

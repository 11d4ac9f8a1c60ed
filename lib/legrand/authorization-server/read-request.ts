import { env } from "#lib/env.ts";
import type { IncomingRequest } from "#lib/http/incoming-request.ts";
import { UnreadableRequestError } from "#lib/http/read-body.ts";
import { readForm, readQueryString } from "#lib/http/read-parameters.ts";
import { isClientId } from "#lib/legrand/applications/client-id.ts";
import { STATE_LIMIT_BYTES } from "#lib/legrand/authorization-server/bounds.ts";
import { ENDPOINTS, METADATA_OF_THE_ROOT } from "#lib/legrand/authorization-server/endpoints.ts";
import { loadApplication } from "#lib/legrand/authorization-server/load-application.ts";

/**
 * A request as it goes to the library. `path` is the path that the library knows. `body` is the body of a
 * form post. The steps before the library may change `query`, `body` and `headers`.
 */
export type ReadRequest = {
  method: string;
  path: string;
  query: URLSearchParams;
  body: URLSearchParams | undefined;
  headers: Headers;
};

/** Reads a request within its size limits. Throws `UnreadableRequestError`. */
export async function readRequest(request: IncomingRequest): Promise<ReadRequest> {
  const { pathname, search } = new URL(request.url);
  return {
    method: request.method,
    path: await resolvePath(pathname),
    query: readQueryString(search),
    body: request.method === "POST" ? await readForm(request) : undefined,
    headers: tidyAuthorization(request.headers),
  };
}

/** Returns the path and query of a request, as they are now. */
export function targetOf({ path, query }: Pick<ReadRequest, "path" | "query">): string {
  return query.size ? `${path}?${query}` : path;
}

/**
 * Returns the path that the library knows. Resolves Legrand's own discovery address, which has the client_id
 * before the well-known part, and the metadata below the root.
 */
async function resolvePath(pathname: string): Promise<string> {
  if (pathname === METADATA_OF_THE_ROOT) return ENDPOINTS.metadata;
  const [, , clientId, ...rest] = pathname.split("/");
  if (!isClientId(clientId) || rest.join("/") !== ".well-known/openid-configuration") return pathname;
  return (await loadApplication(clientId)) ? ENDPOINTS.discovery : pathname;
}

/**
 * Returns a copy of the headers with exactly one space after the scheme of `Authorization`. RFC 9110 §11.4
 * allows several, but the library splits at each space.
 */
function tidyAuthorization(headers: Headers): Headers {
  const tidied = new Headers(headers);
  const [, scheme, credentials] = /^(\S+) {2,}(\S+)$/.exec(headers.get("authorization") ?? "") ?? [];
  if (scheme) tidied.set("authorization", `${scheme} ${credentials}`);
  return tidied;
}

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

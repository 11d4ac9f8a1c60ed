import { toFetchResponse, toReqRes } from "fetch-to-node";

import { env } from "#lib/env.ts";
import { acceptJson } from "#lib/legrand/authorization-server/program-endpoints.ts";
import { getAuthorizationServer } from "#lib/legrand/authorization-server/provider.ts";
import { targetOf, type ReadRequest } from "#lib/legrand/authorization-server/read-request.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";

const MOUNT = "/legrand";

/**
 * Lets the library answer a request, and waits for the whole response. What the library decided to write is
 * in the request scope. Throws the failure if the library failed. Removes headers about the connection (RFC
 * 9110 §7.6.1), because our server manages connections and closes some of them.
 */
export async function askLibrary(request: ReadRequest): Promise<Response> {
  const { path, method, headers, body } = request;
  const { answer } = await getAuthorizationServer();
  const { req, res } = toNode(targetOf(request), {
    method: method === "HEAD" ? "GET" : method,
    headers: acceptJson(path, headers),
    ...(body ? { body } : {}),
  });
  void answer(req, res);
  const response = await toFetchResponse(res);
  const { failure } = requestScope();
  if (failure) throw failure;
  for (const name of ["connection", "keep-alive"]) response.headers.delete(name);
  return response;
}

/**
 * Converts a web request to the request and response pair that the library uses. The host is that of the
 * public origin, whatever host the server saw. `url` is the path below the mount and `originalUrl` the whole
 * path; from the two, the library finds where it is mounted.
 */
export function toNode(path: string, init: { method: string; headers: Headers; body?: URLSearchParams }) {
  const headers = new Headers(init.headers);
  headers.set("host", new URL(env().origin).host);
  headers.delete("content-length");
  headers.delete("transfer-encoding");
  if (init.body) headers.set("content-type", "application/x-www-form-urlencoded");
  const body = init.body?.toString();
  if (body !== undefined) headers.set("content-length", String(Buffer.byteLength(body)));
  const { req, res } = toReqRes(
    new Request(env().origin + path, { method: init.method, headers, body: body ?? null }),
  );
  const socket = { encrypted: env().isHttps, remoteAddress: "127.0.0.1" };
  Object.defineProperty(req, "socket", { value: socket });
  Object.assign(req, { originalUrl: path, url: path.slice(MOUNT.length) || "/" });
  return { req, res };
}

/** Returns the response with a new body and, if given, a new status. Other headers stay. */
export function withJson(response: Response, body: unknown, status = response.status): Response {
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  headers.set("content-type", "application/json");
  return new Response(JSON.stringify(body), { status, headers });
}

import { toFetchResponse, toReqRes } from "fetch-to-node";

import { env } from "#lib/env.ts";
import type { AuthorizationServer } from "#lib/legrand/authorization-server/provider.ts";

const MOUNT = "/legrand";

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

/**
 * Lets the library answer, and waits for the whole response. Removes headers about the connection (RFC 9110
 * §7.6.1), because our server manages connections and closes some of them.
 */
export async function respond(
  answer: AuthorizationServer["answer"],
  { req, res }: ReturnType<typeof toNode>,
): Promise<Response> {
  void answer(req, res);
  const response = await toFetchResponse(res);
  for (const name of ["connection", "keep-alive"]) response.headers.delete(name);
  return response;
}

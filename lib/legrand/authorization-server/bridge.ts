import { toFetchResponse, toReqRes } from "fetch-to-node";

import { env } from "#lib/env.ts";
import type { AuthorizationServer } from "#lib/legrand/authorization-server/provider.ts";

const MOUNT = "/legrand";

/**
 * A web request as the pair that the library speaks. The address is the public one, whatever the server saw;
 * `url` is the path below the mount, `originalUrl` the whole, from which the library works out where it is
 * mounted.
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
 * Lets the library answer, and waits for the whole answer. Headers about the connection are our server's
 * affair (RFC 9110 §7.6.1): it closes some.
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

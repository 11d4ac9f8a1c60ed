import { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

import { env } from "#lib/env.ts";
import { acceptJson } from "#lib/legrand/authorization-server/program-endpoints.ts";
import { getAuthorizationServer, type LibraryAnswer } from "#lib/legrand/authorization-server/provider.ts";
import { targetOf, type ReadRequest } from "#lib/legrand/authorization-server/read-request.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";

const MOUNT = "/legrand";

/**
 * Lets the library answer a request. Nothing is sent: the answer is returned, and what the library decided to
 * write is in the request scope. Throws the failure if the library failed.
 */
export async function askLibrary(request: ReadRequest): Promise<LibraryAnswer> {
  const { path, method, headers, body } = request;
  const { answer } = await getAuthorizationServer();
  const { req, res } = toNode(targetOf(request), {
    method: method === "HEAD" ? "GET" : method,
    headers: acceptJson(path, headers),
    ...(body ? { body } : {}),
  });
  const answered = await answer(req, res);
  const { failure } = requestScope();
  if (failure) throw failure;
  return answered;
}

/**
 * Returns a request and a response of Node for the library. The response is connected to nothing. The host is
 * that of the public origin, whatever host the server saw. `url` is the path below the mount and
 * `originalUrl` the whole path; from the two, the library finds where it is mounted.
 */
export function toNode(
  path: string,
  { method, headers, body }: { method: string; headers: Headers; body?: URLSearchParams },
): { req: IncomingMessage; res: ServerResponse } {
  const socket = { encrypted: env().isHttps, remoteAddress: "127.0.0.1" };
  const req = new IncomingMessage(socket as unknown as Socket);
  const text = body?.toString();
  const { "content-length": _length, "transfer-encoding": _encoding, ...rest } = Object.fromEntries(headers);
  Object.assign(req, {
    method,
    url: path.slice(MOUNT.length) || "/",
    originalUrl: path,
    complete: true,
    headers: {
      ...rest,
      host: new URL(env().origin).host,
      ...(text === undefined
        ? {}
        : {
            "content-type": "application/x-www-form-urlencoded",
            "content-length": String(Buffer.byteLength(text)),
          }),
    },
  });
  if (text) req.push(text);
  req.push(null);
  return { req, res: new ServerResponse(req) };
}

/** Returns the answer with a new body and, if given, a new status. Other headers stay. */
export function withJson(answer: LibraryAnswer, body: unknown, status = answer.status): LibraryAnswer {
  const { "content-length": _length, ...headers } = answer.headers;
  return { status, headers: { ...headers, "content-type": "application/json" }, body };
}

/**
 * Returns the response with what the library answered. Removes headers about the connection (RFC 9110
 * §7.6.1), because our server manages connections and closes some of them.
 */
export function toResponse({ status, headers, body }: LibraryAnswer): Response {
  const kept = new Headers();
  for (const [name, value] of Object.entries(headers))
    if (!["connection", "keep-alive"].includes(name))
      for (const one of [value ?? []].flat()) kept.append(name, String(one));
  const isText = typeof body === "string" || body === null || body === undefined;
  return new Response(isText ? (body ?? null) : JSON.stringify(body), { status, headers: kept });
}

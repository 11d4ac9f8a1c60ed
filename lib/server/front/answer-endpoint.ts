import type { IncomingMessage, ServerResponse } from "node:http";

import { env } from "#lib/env.ts";
import type { Endpoint, EndpointHandler, HttpMethod } from "#lib/http/endpoint.ts";
import { answerFailure } from "#lib/http/form-post.ts";
import { toIncomingRequest } from "#lib/http/incoming-request.ts";
import { compress } from "#lib/server/documents/compress.ts";
import { POLICY_HEADERS } from "#lib/server/documents/policy-headers.ts";
import { matchTraits } from "#lib/server/front/find-traits.ts";
import { pathOf } from "#lib/server/front/path-of.ts";
import type { RouteTraits } from "#lib/server/front/route-traits.ts";

/** The endpoints that this server answers, by their patterns. */
export type Endpoints = Readonly<Record<string, Endpoint>>;

/**
 * The handler of a request, with the traits of its address, the dynamic segments, and the path in the spelling
 * of the table.
 */
type FoundEndpoint = {
  handler: EndpointHandler;
  traits: RouteTraits;
  parameters: Record<string, string>;
  path: string;
};

/**
 * Returns the endpoint that answers this request, or null if Next answers it. Finds it for any spelling of its
 * address, and at addresses for programs with a slash at the end: many programs do not follow a redirect of a
 * POST.
 */
export function matchEndpoint(
  endpoints: Endpoints,
  { method, url = "" }: IncomingMessage,
): FoundEndpoint | null {
  const path = pathOf(url);
  const found = matchTraits(path);
  const endpoint = found && endpoints[found.pattern];
  const handler = endpoint?.[method as HttpMethod] ?? (method === "HEAD" ? endpoint?.GET : undefined);
  if (!found || !handler) return null;
  // A browser is redirected by Next, as at a page.
  if (found.traits.audience !== "program" && url.split("?", 1)[0]!.endsWith("/")) return null;
  const names = [...found.pattern.matchAll(/\[(?:\.\.\.)?(\w+)\]/g)].map(([, name]) => name!);
  return {
    handler,
    traits: found.traits,
    parameters: Object.fromEntries(names.map((name, index) => [name, found.segments[index]!])),
    path,
  };
}

/** Lets the endpoint answer, and returns its response. A failure becomes a 500 or 503 with a request id. */
export async function askEndpoint(
  { handler, parameters, path }: FoundEndpoint,
  request: IncomingMessage,
): Promise<Response> {
  const query = request.url!.split("?").slice(1);
  const incoming = toIncomingRequest(request, env().origin + [path, ...query].join("?"));
  try {
    return await handler(incoming, parameters);
  } catch (error) {
    return answerFailure(incoming, error);
  }
}

/** Sends the response of an endpoint, with the headers that every answer of the sandbox has. */
export async function sendAnswer(
  answer: Response,
  traits: RouteTraits,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(POLICY_HEADERS)) response.setHeader(name, value);
  response.setHeader("referrer-policy", traits.referrerPolicy);
  for (const [name, value] of answer.headers) if (name !== "set-cookie") response.setHeader(name, value);
  if (traits.cache === "no-store") response.setHeader("cache-control", "no-store");
  const cookies = answer.headers.getSetCookie();
  if (cookies.length) response.setHeader("set-cookie", cookies);
  if (!answer.body) return void response.end();
  const body = Buffer.from(await answer.arrayBuffer());
  response.appendHeader("vary", "Accept-Encoding");
  compress(body, String(request.headers["accept-encoding"] ?? ""), (bytes, applied) => {
    if (applied) response.setHeader("content-encoding", applied);
    response.end(bytes);
  });
}

import { existsSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";

import { env } from "#lib/env.ts";
import { isDocumentRequest } from "#lib/server/documents/finish-document.ts";
import { findRefusal } from "#lib/server/front/find-refusal.ts";
import { hasOneHost } from "#lib/server/front/has-one-host.ts";
import { isRebound } from "#lib/server/front/kept-mail.ts";
import { describeMethodRefusal, refuse, type Refusal } from "#lib/server/front/refuse.ts";
import { findTraits, NEXTS_PREFIX } from "#lib/server/front/find-traits.ts";
import { pathOf } from "#lib/server/front/path-of.ts";
import { BUILT, findRoute } from "#lib/server/front/routes.ts";

/** Matches a segment of one or two dots as `new URL` sees it: "%2e" counts as a dot, and "\\" as "/". */
const DOTS = /[\\/](?:\.|%2e){1,2}(?![^\\/])/i;

/**
 * Answers a request that Next must not see, because it cannot be parsed or is refused. Returns true if it
 * answered.
 */
export function answerEarly(request: IncomingMessage, response: ServerResponse): boolean {
  const refusal = describeRefusal(request);
  if (refusal) response.end(refuse(response, refusal, isDocumentRequest(request)));
  else if (isPlainOptions(request))
    response.writeHead(204, { allow: findRoute(request.url!)!.methods.join(", ") }).end();
  else return false;
  return true;
}

/**
 * Returns why this request is refused, or null if Next may see it.
 *
 * An early answer does not wait for the body, but the connection stays open until the body was read. If the
 * server closed it at once, a client that is still sending would see a broken connection instead of the
 * answer (RFC 9112 §9.6). The body is discarded as it arrives.
 */
function describeRefusal(request: IncomingMessage): Refusal | null {
  const { method = "", url = "", headers } = request;
  if (!hasOneHost(request))
    return {
      status: 400,
      sentence: "The request must have one Host header, with a host name and perhaps a port",
      closes: true,
    };
  if (isRebound(request))
    return { status: 421, sentence: "The kept mail is shown only at the name localhost" };
  if (!isReadable(url))
    return { status: 400, sentence: "The address is not a path of this server in percent-encoded UTF-8" };
  const { bodyLimitBytes: limit, isSandbox } = findTraits(url);
  if (Number(headers["content-length"] ?? 0) > limit)
    return { status: 413, sentence: `The body is larger than ${limit / 1024 / 1024} MB` };
  const isNowhere = (isSandbox && !env().sandbox) || isMissingFile(url);
  const refusal = isNowhere ? { status: 404 as const } : findRefusal(method, url);
  return refusal && describeMethodRefusal(refusal);
}

/** True for a file that the build does not have. Next would answer with its own error text. */
function isMissingFile(url: string): boolean {
  if (process.env.NODE_ENV === "development" || findRoute(url)?.pattern !== BUILT) return false;
  return !existsSync(join(".next", pathOf(url).slice(NEXTS_PREFIX.length)));
}

/**
 * True if a client asks which methods an endpoint has (RFC 9110 §9.3.7). The library answers only preflight
 * requests (Fetch §4.8).
 */
function isPlainOptions({ method, url = "", headers }: IncomingMessage): boolean {
  if (method !== "OPTIONS") return false;
  const { isSandbox, isApi } = findTraits(url);
  return (
    isSandbox &&
    // The API answers OPTIONS itself.
    !isApi &&
    !headers["access-control-request-method"] &&
    Boolean(findRoute(url)?.methods.length)
  );
}

/**
 * True if the request target is a path (RFC 9112 §3.2.1) that decodes and has no "..". Clients resolve ".."
 * (RFC 3986 §5.2.4); Next would resolve it after this server has checked the path. Next answers any other
 * target with a 500 or a redirect.
 */
function isReadable(target = ""): boolean {
  if (!target.startsWith("/")) return false;
  try {
    const path = target.split("?")[0]!;
    decodeURIComponent(path);
    return !DOTS.test(path);
  } catch {
    return false;
  }
}

import { existsSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";

import { env } from "#lib/env.ts";
import { isDocumentRequest } from "#lib/server/documents.ts";
import { findRefusal } from "#lib/server/find-refusal.ts";
import { hasOneHost } from "#lib/server/has-one-host.ts";
import { isRebound } from "#lib/server/kept-mail.ts";
import { describeMethodRefusal, refuse, type Refusal } from "#lib/server/refuse.ts";
import { findRoute, pathOf } from "#lib/server/routes.ts";

const BODY_LIMIT_BYTES = 2 * 1024 * 1024;
/**
 * Where a logo may be uploaded, the form says itself what is too large, and keeps what was typed beside it;
 * the API says it in its own form.
 */
const UPLOAD = /^\/legrand\/(applications|api)\//;
const UPLOAD_LIMIT_BYTES = 64 * 1024 * 1024;
/**
 * A segment of one or two dots, as `new URL` takes it for one: with "%2e" for a dot, and with "\\" for "/".
 */
const DOTS = /[\\/](?:\.|%2e){1,2}(?![^\\/])/i;
const BUILT = /^\/_next\/(static\/.+)$/;
const SANDBOX = /^\/legrand(?![^/?])/;
/** The metadata of the sandbox, outside of its path (RFC 8414 §3.1). */
const METADATA = /^\/\.well-known\/oauth-authorization-server(?![^/?])/;
/** The API answers OPTIONS itself. */
const API = /^\/legrand\/api\//;

/**
 * Answers a request that Next does not see, because it cannot be read or is refused. Returns true if it did.
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
 * An early answer does not wait for the body. The connection stays open until the body was read: closed at
 * once, a client that is still sending would see a broken connection in place of the answer (RFC 9112 §9.6).
 * What comes in is dropped, not kept.
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
  const limit = UPLOAD.test(url) ? UPLOAD_LIMIT_BYTES : BODY_LIMIT_BYTES;
  if (Number(headers["content-length"] ?? 0) > limit)
    return { status: 413, sentence: `The body is larger than ${limit / 1024 / 1024} MB` };
  const isNowhere = (!env().sandbox && (SANDBOX.test(url) || METADATA.test(url))) || isMissingFile(url);
  const refusal = isNowhere ? { status: 404 as const } : findRefusal(method, url);
  return refusal && describeMethodRefusal(refusal);
}

/** True for a file that the build does not have: Next would answer with a text of its own. */
function isMissingFile(url: string): boolean {
  const file = BUILT.exec(pathOf(url))?.[1];
  return file !== undefined && process.env.NODE_ENV !== "development" && !existsSync(join(".next", file));
}

/**
 * Whether the methods of an endpoint are asked for (RFC 9110 §9.3.7): the library answers only preflight
 * requests (Fetch §4.8).
 */
function isPlainOptions({ method, url = "", headers }: IncomingMessage): boolean {
  return (
    method === "OPTIONS" &&
    (SANDBOX.test(url) || METADATA.test(url)) &&
    !API.test(url) &&
    !headers["access-control-request-method"] &&
    Boolean(findRoute(url)?.methods.length)
  );
}

/**
 * Whether the request target is a path (RFC 9112 §3.2.1) that decodes, without "..": clients resolve these
 * (RFC 3986 §5.2.4), Next would do so after we have looked at where it leads. Next answers anything else with
 * a 500 or a redirect.
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

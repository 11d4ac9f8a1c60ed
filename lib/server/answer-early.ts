import type { IncomingMessage, ServerResponse } from "node:http";

import { findRefusal } from "#lib/server/find-refusal.ts";
import { isRebound } from "#lib/server/kept-mail.ts";

const BODY_LIMIT_BYTES = 2 * 1024 * 1024;
/** Where a logo may be uploaded, the form says itself what is too large, and keeps what was typed beside it; the API says it in its own form. */
const UPLOAD = /^\/legrand\/(applications|api)\//;
const UPLOAD_LIMIT_BYTES = 64 * 1024 * 1024;
/** A segment of one or two dots, as `new URL` takes it for one: with "%2e" for a dot, and with "\\" for "/". */
const DOTS = /[\\/](?:\.|%2e){1,2}(?![^\\/])/i;

/** Answers a request that Next does not see, because it cannot be read or is refused. Returns true if it did. */
export function answerEarly(request: IncomingMessage, response: ServerResponse): boolean {
  const refusal = describeRefusal(request);
  if (refusal) refuse(response, ...refusal);
  return refusal !== null;
}

type Refusal = [status: 400 | 404 | 405 | 413 | 421, sentence: string];

function describeRefusal(request: IncomingMessage): Refusal | null {
  const { method, url = "", headers } = request;
  if (isRebound(request)) return [421, "The kept mail is shown under the name localhost only"];
  if (!isReadable(url)) return [400, "The address is not a path of this server in percent-encoded UTF-8"];
  const limit = UPLOAD.test(url) ? UPLOAD_LIMIT_BYTES : BODY_LIMIT_BYTES;
  if (Number(headers["content-length"] ?? 0) > limit) return [413, `The body is larger than ${limit / 1024 / 1024} MB`];
  const refusal = findRefusal(method, url);
  if (refusal === 404) return [404, "There is nothing at this address"];
  if (refusal === 405) return [405, "This is a page: it can be read, and its forms lead to other addresses"];
  return null;
}

/**
 * Whether the request target is a path (RFC 9112 §3.2.1) that decodes, without "..": clients resolve these (RFC 3986 §5.2.4), Next would do so
 * after we have looked at where it leads. Next answers anything else with a 500 or a redirect.
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

/**
 * Answers before the body is read. The connection stays open until it was: closed at once, a client that is still sending
 * would see a broken connection in place of the answer (RFC 9112 §9.6). What comes in is dropped, not kept.
 */
function refuse(response: ServerResponse, ...[status, sentence]: Refusal): void {
  if (status === 405) response.setHeader("allow", "GET, HEAD");
  response.writeHead(status, { "content-type": "application/json" })
    .end(JSON.stringify({ error: "invalid_request", error_description: sentence }));
}

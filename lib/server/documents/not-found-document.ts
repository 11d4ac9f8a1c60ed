import type { ServerResponse } from "node:http";

import { POLICY_HEADERS } from "#lib/server/documents/policy-headers.ts";

const SHELL = '<html id="__next_error__"';

/**
 * True if Next called `notFound()` for this page. What Next sends then is empty until a script draws it, and
 * contains the address.
 */
export function isNothingThere(response: ServerResponse, body: Buffer): boolean {
  return response.statusCode === 404 && body.includes(SHELL);
}

// Short enough that it is never compressed, so that its headers do not depend on what the browser accepts.
const DOCUMENT =
  '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">' +
  '<title>Page not found · Connect</title><link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/not-found.css"></head>' +
  "<body><main><code>not_found</code><h1>Page not found</h1><p>The address may be wrong, or the page no longer exists.</p>" +
  '<a href="/">Go to the start page</a></main><footer>Connect</footer></body></html>';

const HEADERS: Readonly<Record<string, string>> = {
  ...POLICY_HEADERS,
  "cache-control": "no-store",
  "content-length": String(Buffer.byteLength(DOCUMENT)),
  "content-security-policy":
    "default-src 'none'; script-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
  "content-type": "text/html; charset=utf-8",
  "referrer-policy": "no-referrer",
};
/** Headers that the server itself sets, the same for every address. */
const KEPT = new Set(["x-request-id", "strict-transport-security", "connection"]);

/**
 * Returns the one answer both for what does not exist and for what the caller may not see, whatever the
 * address, method and `Accept`. A caller therefore cannot detect what is hidden. Sets the status and all
 * headers, and returns the body.
 */
export function notFoundDocument(response: ServerResponse): string {
  response.statusCode = 404;
  for (const name of response.getHeaderNames()) if (!KEPT.has(name)) response.removeHeader(name);
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  return DOCUMENT;
}

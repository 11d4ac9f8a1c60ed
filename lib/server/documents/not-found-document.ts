import type { ServerResponse } from "node:http";

import { env } from "#lib/env.ts";
import { PARTIES, type PartyFacts } from "#lib/party-constants.ts";
import { POLICY_HEADERS } from "#lib/server/documents/policy-headers.ts";
import { pathOf } from "#lib/server/front/path-of.ts";

const SHELL = '<html id="__next_error__"';

/**
 * True if Next called `notFound()` for this page. What Next sends then is empty until a script draws it, and
 * contains the address.
 */
export function isNothingThere(response: ServerResponse, body: Buffer): boolean {
  return response.statusCode === 404 && body.includes(SHELL);
}

type NotFoundPage = PartyFacts & { className: string; links: string };

const CONNECT: NotFoundPage = {
  ...PARTIES.connect,
  className: "",
  links: '<a href="/">Go to the start page</a>',
};
const SANDBOX: NotFoundPage = {
  ...PARTIES.legrand,
  className: ' class="legrand"',
  links:
    '<a href="/legrand/applications">Go to My Applications</a> <a class="other" href="/legrand/apis">APIs</a>',
};

// Short enough that it is never compressed, so that its headers do not depend on what the browser accepts.
const write = ({ title, icon, className, links }: NotFoundPage) =>
  '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">' +
  `<title>Page not found · ${title}</title><link rel="icon" href="${icon}"><link rel="stylesheet" href="/not-found.css"></head>` +
  `<body${className}><main><h1>Page not found</h1><p>The address may be wrong, or the page no longer exists.</p>` +
  `${links}<p>Code <code>not_found</code></p></main><footer>${title}</footer></body></html>`;

const OF_CONNECT = write(CONNECT);
const OF_SANDBOX = write(SANDBOX);

const HEADERS: Readonly<Record<string, string>> = {
  ...POLICY_HEADERS,
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; script-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
  "content-type": "text/html; charset=utf-8",
  "referrer-policy": "no-referrer",
};
/** Headers that the server itself sets, the same for every address. */
const KEPT = new Set(["x-request-id", "strict-transport-security", "connection"]);

/**
 * Returns the one answer both for what does not exist and for what the caller may not see, whatever the method,
 * the session and `Accept`. A caller therefore cannot detect what is hidden. Below /legrand, whose addresses are
 * public, it is the sandbox's own page, unless there is no sandbox. Sets the status and all headers, and returns
 * the body.
 */
export function notFoundDocument(response: ServerResponse): string {
  const document = isOfSandbox(response.req.url) ? OF_SANDBOX : OF_CONNECT;
  response.statusCode = 404;
  for (const name of response.getHeaderNames()) if (!KEPT.has(name)) response.removeHeader(name);
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  response.setHeader("content-length", String(Buffer.byteLength(document)));
  return document;
}

function isOfSandbox(target = ""): boolean {
  try {
    return /^\/legrand(?:\/|$)/.test(pathOf(target)) && env().sandbox !== null;
  } catch {
    // The target does not decode.
    return false;
  }
}

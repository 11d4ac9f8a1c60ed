import type { IncomingMessage, ServerResponse } from "node:http";

import { env } from "#lib/env.ts";
import { isForwarded } from "#lib/server/front/caller.ts";
import { escapeHtml } from "#lib/escape-html.ts";
import { plainDocument } from "#lib/server/documents/plain-document.ts";

const LOOPBACK_NAMES = ["127.0.0.1", "[::1]"];

/**
 * Answers a user who opened the application under another name of this machine: a LAN address, 0.0.0.0,
 * `*.localhost`, another port. Forms and cookies work only at the origin.
 *
 * 127.0.0.1 and [::1] certainly lead to this server, so the browser is redirected. For any other name the
 * user gets a page with the right address, because from the browser's machine the origin may lead elsewhere.
 * Programs are answered under every name. Returns true if the request was answered.
 */
export function answerOtherName(request: IncomingMessage, response: ServerResponse): boolean {
  const { origin, isLocal, trustProxy } = env();
  // Behind a proxy, the name is the proxy's business. If the origin is another machine, it may have names
  // that this server does not know.
  if (!isLocal || trustProxy || isForwarded(request) || !isNavigation(request)) return false;
  const [asked, own] = [URL.parse(`http://${request.headers.host ?? ""}`), new URL(origin)];
  if (!asked || isSameName(asked, own)) return false;
  if (LOOPBACK_NAMES.includes(asked.hostname) && asked.port === own.port)
    response.writeHead(307, { location: origin + localTarget(request) }).end();
  else response.end(otherNameDocument(request, response, origin));
  return true;
}

/**
 * True if a browser opens a page. `Sec-Fetch-Mode` says so, but browsers send it only to trustworthy
 * addresses (W3C Fetch Metadata §3), which a LAN address over http is not. Every browser sends
 * `Upgrade-Insecure-Requests` with a navigation (W3C Upgrade Insecure Requests §3.2.1).
 */
function isNavigation({ method, headers }: IncomingMessage): boolean {
  const mode = headers["sec-fetch-mode"];
  return (
    method === "GET" &&
    (mode === undefined ? headers["upgrade-insecure-requests"] === "1" : mode === "navigate")
  );
}

/**
 * True if both addresses have the same name and port. A missing port matches, because some proxies drop it.
 */
function isSameName(asked: URL, own: URL): boolean {
  return asked.hostname === own.hostname && (asked.port === "" || asked.port === own.port);
}

/** Returns the request target, or "/" for one that would lead to another host. */
function localTarget({ url = "" }: IncomingMessage): string {
  return url.startsWith("/") && !url.startsWith("//") ? url : "/";
}

function otherNameDocument(request: IncomingMessage, response: ServerResponse, origin: string): string {
  const address = origin + localTarget(request);
  response.statusCode = 421;
  return plainDocument(response, {
    code: "421",
    title: "Open this page at its own address",
    paragraphs: [
      "You opened it at another address of this machine. Forms and sign-in work at one address only:",
      `<a href="${escapeHtml(address)}">${escapeHtml(address.split("?")[0]!)}</a>`,
      `If that address does not lead here, start the application with <code>ORIGIN</code> set to the address that you want to use, such as <code>ORIGIN=http://connect.example:3000</code>.`,
    ],
  });
}

import type { IncomingMessage, ServerResponse } from "node:http";

import { env } from "#lib/env.ts";
import { escapeHtml, plainDocument } from "#lib/server/documents/plain-document.ts";

/** Endpoints that programs call. Their answers stay JSON, whatever `Accept` says. */
const FOR_PROGRAMS =
  /^\/(?:legrand\/(?:authorize|token|revoke|introspect|userinfo|jwks|api|[^/]+\/\.well-known)|api)(?:\/|$)/;
const PORTAL = /^\/legrand\/(?:applications|subscriptions|third-party-access|account|mail)(?:\/|$)/;

const ADMINISTRATION = /^\/admin(?:\/|$)/;

/**
 * True if a user's form, or their link to a file, was refused (4xx) with a message in JSON, which a browser
 * would show as raw JSON.
 */
export function isRefusedForm(request: IncomingMessage, response: ServerResponse): boolean {
  const path = request.url!.split("?")[0]!;
  return (
    (request.method === "POST" || ADMINISTRATION.test(path)) &&
    response.statusCode >= 400 &&
    response.statusCode < 500 &&
    !FOR_PROGRAMS.test(path) &&
    String(response.getHeader("content-type") ?? "").startsWith("application/json")
  );
}

/** Returns the message as a page with a link to go on. A body without a message is returned unchanged. */
export function refusalDocument(
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): string | Buffer {
  const sentence = readSentence(body);
  if (!sentence) return body;
  const path = request.url!.split("?")[0]!;
  return plainDocument(response, {
    code: String(response.statusCode),
    title: response.statusCode === 404 ? "This no longer exists" : "This was not done",
    paragraphs: [
      escapeHtml(sentence),
      ...(sentence.includes("Nothing was changed") ? [] : ["Nothing was changed."]),
      wayOn(path, response.statusCode),
    ],
  });
}

/**
 * Returns the link to go on. A user who may not see /admin gets no link to it. Links lead to the origin,
 * because under another name the next form would be refused too.
 */
function wayOn(path: string, status: number): string {
  const { origin } = env();
  if (PORTAL.test(path)) return `<a href="${origin}/legrand/applications">Go to My Applications</a>`;
  if (ADMINISTRATION.test(path) && status !== 404)
    return `<a href="${origin}/admin">Go to the administration</a>`;
  return `<a href="${origin}/">Go to the start page</a>`;
}

function readSentence(body: Buffer): string | null {
  try {
    const { error_description: sentence } = JSON.parse(body.toString()) as { error_description?: unknown };
    return typeof sentence === "string" ? sentence : null;
  } catch {
    return null;
  }
}

import type { IncomingMessage, ServerResponse } from "node:http";

import { env } from "#lib/env.ts";
import { escapeHtml } from "#lib/escape-html.ts";
import { plainDocument } from "#lib/server/documents/plain-document.ts";
import { findTraits } from "#lib/server/front/find-traits.ts";
import type { RouteTraits } from "#lib/server/front/route-traits.ts";

/**
 * True if a user's form, or their link to a file, was refused (4xx) with a message in JSON, which a browser
 * would show as raw JSON.
 */
export function isRefusedForm(request: IncomingMessage, response: ServerResponse): boolean {
  const { audience, isHidden } = findTraits(request.url);
  return (
    audience === "person" &&
    (request.method === "POST" || isHidden) &&
    response.statusCode >= 400 &&
    response.statusCode < 500 &&
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
  return plainDocument(response, {
    code: String(response.statusCode),
    title: response.statusCode === 404 ? "This no longer exists" : "This was not done",
    paragraphs: [
      escapeHtml(sentence),
      ...(sentence.includes("Nothing was changed") ? [] : ["Nothing was changed."]),
      describeWayOn(findTraits(request.url), response.statusCode),
    ],
  });
}

/**
 * Returns the link to go on. A user who may not see /admin gets no link to it. Links lead to the origin,
 * because under another name the next form would be refused too.
 */
function describeWayOn({ wayOn }: RouteTraits, status: number): string {
  const { origin } = env();
  if (wayOn === "portal") return `<a href="${origin}/legrand/applications">Go to My Applications</a>`;
  if (wayOn === "administration" && status !== 404)
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

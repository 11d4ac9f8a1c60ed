import type { IncomingMessage, ServerResponse } from "node:http";

import { plainDocument } from "#lib/server/plain-document.ts";

/** Endpoints of programs: what they hear stays JSON, whatever they say they accept. */
const FOR_PROGRAMS = /^\/(?:legrand\/(?:authorize|token|revoke|introspect|userinfo|jwks|api|[^/]+\/\.well-known)|api)(?:\/|$)/;
const PORTAL = /^\/legrand\/(?:applications|subscriptions|third-party-access|account|mail)(?:\/|$)/;

/** Whether a person's form was refused (4xx) with a sentence in JSON, which a browser would show with its braces. */
export function isRefusedForm(request: IncomingMessage, response: ServerResponse): boolean {
  const path = request.url!.split("?")[0]!;
  return request.method === "POST" && response.statusCode >= 400 && response.statusCode < 500 && !FOR_PROGRAMS.test(path)
    && String(response.getHeader("content-type") ?? "").startsWith("application/json");
}

/** The same sentence as a page, with the way on. A body without a sentence is left as it is. */
export function refusalDocument(request: IncomingMessage, response: ServerResponse, body: Buffer): string | Buffer {
  const sentence = readSentence(body);
  if (!sentence) return body;
  const isPortal = PORTAL.test(request.url!.split("?")[0]!);
  return plainDocument(response, {
    code: String(response.statusCode), title: response.statusCode === 404 ? "It is not there any more" : "This was not done",
    paragraphs: [
      escape(sentence), ...(sentence.includes("Nothing was changed") ? [] : ["Nothing was changed."]),
      isPortal ? '<a href="/legrand/applications">Go to My Applications</a>' : '<a href="/">Go to the start page</a>',
    ],
  });
}

function readSentence(body: Buffer): string | null {
  try {
    const { error_description: sentence } = JSON.parse(body.toString()) as { error_description?: unknown };
    return typeof sentence === "string" ? sentence : null;
  } catch {
    return null;
  }
}

const escape = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

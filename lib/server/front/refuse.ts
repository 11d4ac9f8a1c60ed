import type { ServerResponse } from "node:http";

import type { MethodRefusal } from "#lib/server/front/find-refusal.ts";
import { notFoundDocument } from "#lib/server/documents/not-found-document.ts";
import { plainDocument } from "#lib/server/documents/plain-document.ts";

const TITLES = {
  400: "This request cannot be read",
  404: "Page not found",
  405: "This address does not accept this method",
  408: "The request took too long",
  413: "This is too large",
  421: "This is another address of this machine",
  431: "Your browser sent too many cookies",
};

/**
 * Why a request is refused before Next sees it. `remedy` is HTML that says what the user can do. With
 * `closes`, the connection is closed after the answer.
 */
export type Refusal = {
  status: keyof typeof TITLES;
  sentence: string;
  allow?: string;
  remedy?: string;
  closes?: true;
};

/** Puts the refusal of a method into words. */
export function describeMethodRefusal(refusal: MethodRefusal): Refusal {
  if (refusal.status === 404) return { ...refusal, sentence: "Nothing exists at this address" };
  return { ...refusal, sentence: `This address accepts only ${refusal.allow}` };
}

/**
 * Sets the status and the headers of a refusal, and returns its body: a page if `isPage`, else JSON. Every
 * 404 has the same page.
 */
export function refuse(
  response: ServerResponse,
  { status, sentence, allow, remedy, closes }: Refusal,
  isPage: boolean,
): string {
  if (closes) response.setHeader("connection", "close");
  if (status === 404) return notFoundDocument(response);
  response.statusCode = status;
  response.setHeader("x-content-type-options", "nosniff");
  if (allow !== undefined) response.setHeader("allow", allow);
  if (isPage) {
    const paragraphs = [`${sentence}.`, remedy ?? '<a href="/">Go to the start page</a>'];
    return plainDocument(response, { code: String(status), title: TITLES[status], paragraphs });
  }
  response.setHeader("cache-control", "no-store");
  response.setHeader("content-type", "application/json");
  return JSON.stringify({ error: "invalid_request", error_description: sentence });
}

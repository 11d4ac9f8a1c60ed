import type { ServerResponse } from "node:http";

import { plainDocument } from "#lib/server/plain-document.ts";

const SHELL = '<html id="__next_error__"';

/**
 * Whether Next gave up this page for `notFound()`: what it sends then is empty until a script draws it, and has the address
 * in it, so that no two answers are the same.
 */
export function isNothingThere(response: ServerResponse, body: Buffer): boolean {
  return response.statusCode === 404 && body.includes(SHELL);
}

/** The page in its place, in the words of `app/not-found.tsx`: the same for what does not exist and for what is not yours. */
export function notFoundDocument(response: ServerResponse): string {
  return plainDocument(response, {
    code: "not_found", title: "There is no such page",
    paragraphs: ["The address may be mistyped, or what it named is gone.", '<a href="/">Go to the start page</a>'],
  });
}

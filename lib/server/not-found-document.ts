import type { IncomingMessage, ServerResponse } from "node:http";

import { plainDocument } from "#lib/server/plain-document.ts";

const SHELL = '<html id="__next_error__"';

const ADMINISTRATION = /^\/admin(?![^/?])/;

/** Whether that address lies below /admin. */
export function isBelowAdministration({ url = "/" }: IncomingMessage): boolean {
  return ADMINISTRATION.test(url);
}

/**
 * Whether Next gave up this page for `notFound()`: what it sends then is empty until a script draws it, and has the address
 * in it, so that no two answers are the same. Below /admin a file that is not for everybody and an address that no file answers are
 * the same as such a page.
 */
export function isNothingThere(request: IncomingMessage, response: ServerResponse, body: Buffer): boolean {
  return response.statusCode === 404 && (body.includes(SHELL) || (request.method === "GET" && isBelowAdministration(request)));
}

/** The page in its place, in the words of `app/not-found.tsx`: the same for what does not exist and for what is not yours. */
export function notFoundDocument(response: ServerResponse): string {
  return plainDocument(response, {
    code: "not_found", title: "There is no such page",
    paragraphs: ["The address may be mistyped, or what it named is gone.", '<a href="/">Go to the start page</a>'],
  });
}

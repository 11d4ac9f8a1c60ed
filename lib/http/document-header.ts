/**
 * Header that our server writes at each request, over whatever the client sent (lib/server/serve.ts): `1`
 * when a browser asks for a page to show it. Next hides from a page whether a script fetches it in parts, and
 * that it was asked for by HEAD.
 */
export const DOCUMENT_HEADER = "x-is-document";

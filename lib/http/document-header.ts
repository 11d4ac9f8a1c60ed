/**
 * Header that the server sets on each request, overwriting what the client sent (lib/server/front/serve.ts). It is
 * `1` if a browser asks for a page to display. A page needs it because Next hides whether a script fetches
 * the page in parts, and whether the request is a HEAD.
 */
export const DOCUMENT_HEADER = "x-is-document";

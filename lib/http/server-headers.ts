/**
 * Header that the server sets on each request, overwriting what the client sent (lib/server/front/serve.ts).
 * It is `1` if a browser asks for a page to display. A page needs it because Next hides whether a script
 * fetches the page in parts, and whether the request is a HEAD.
 */
export const DOCUMENT_HEADER = "x-is-document";

/**
 * Header in which a route asks for the error page instead of its own answer, and in which the page receives
 * the error (lib/server/front/show-error.ts). The error is sealed. The server removes the header from every
 * incoming request and from every answer.
 */
export const SHOWN_ERROR_HEADER = "x-legrand-shown-error";
/** Address of the error page. */
export const ERROR_PAGE = "/legrand/authorization-error";

/**
 * Header in which a route asks for the error page instead of its own answer, and in which the page receives
 * the error (lib/server/front/show-error.ts). The error is sealed. The server removes the header from every
 * incoming request and from every answer.
 */
export const SHOWN_ERROR_HEADER = "x-legrand-shown-error";
/** Address of the error page. */
export const ERROR_PAGE = "/legrand/authorization-error";

/**
 * Header with the server's decision about kept mail and the caller. It overwrites whatever the caller sent
 * (lib/server/front/kept-mail.ts).
 */
export const KEPT_MAIL_HEADER = "x-may-read-kept-mail";

/**
 * True if this caller may read the kept mail: a caller on this machine, or one with the link that the start
 * prints.
 */
export function mayReadKeptMail(headers: Headers): boolean {
  return headers.get(KEPT_MAIL_HEADER) === "1";
}

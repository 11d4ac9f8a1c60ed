import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { checkReplyUrl, REPLY_URL_LIMIT } from "#lib/legrand/reply-urls/reply-url-schema.ts";

/**
 * Returns why this reply URL cannot be added to the application, in one or two sentences, or null if it can.
 * The server checks it again when it is registered.
 */
export function findRegistrationProblem(application: OwnedApplication, url: string): string | null {
  if (application.replyUrls.includes(url)) return "This reply URL is registered already.";
  const problem = checkReplyUrl(url, application.type);
  if (problem) return problem.message;
  return application.replyUrls.length >= REPLY_URL_LIMIT
    ? "Ten reply URLs are registered, which is the maximum. Remove one first."
    : null;
}

// The rules for reply URLs, without anything of Node: the form checks as it is typed, the server again.
import type { ApplicationType } from "#lib/legrand/applications/application-type-schema.ts";
import { noteReplyUrls } from "#lib/legrand/applications/note-reply-urls.ts";
import { guessReplyUrl } from "#lib/legrand/applications/repair-reply-url.ts";
import { REPLY_URL_RULES } from "#lib/legrand/applications/reply-url-rules.ts";

export type { ApplicationType } from "#lib/legrand/applications/application-type-schema.ts";
export { REPLY_URL_MAX_LENGTH } from "#lib/legrand/applications/reply-url-rules.ts";

/** Most reply URLs that an application can have (LEGRAND, Registration). */
export const REPLY_URL_LIMIT = 10;

/** Why a reply URL is refused. */
export type ReplyUrlProblem = {
  /** In one word, `fragment` say. */
  reason: string;
  /** What is wrong and what to do, in one or two sentences. */
  message: string;
  /** What was probably meant, itself accepted; null when that is unclear. */
  repaired: string | null;
};

/**
 * Why `url` cannot be a reply URL of such an application, or null when it can. An accepted one is a line of
 * ASCII that the browser is sent to as it is written, byte for byte.
 */
export function checkReplyUrl(url: string, type: ApplicationType): ReplyUrlProblem | null {
  const rule = findBroken(url, type);
  if (!rule) return null;
  const guess = guessReplyUrl(url);
  const isAccepted = guess !== null && !findBroken(guess, type);
  return {
    reason: rule.reason,
    message: typeof rule.message === "string" ? rule.message : rule.message(url),
    repaired: isAccepted ? guess : null,
  };
}

/**
 * Checks the reply URLs of one application together: a problem or null for each, in their order, an exact
 * repetition among them; and notes on those that are accepted. How many there may be is `REPLY_URL_LIMIT`,
 * which the caller compares.
 */
export function checkReplyUrls(
  urls: string[],
  type: ApplicationType,
): { problems: (ReplyUrlProblem | null)[]; notes: string[] } {
  const problems = urls.map(
    (url, index) => checkReplyUrl(url, type) ?? (urls.indexOf(url) < index ? DUPLICATE : null),
  );
  return { problems, notes: noteReplyUrls(urls.filter((_url, index) => !problems[index])) };
}

const DUPLICATE: ReplyUrlProblem = {
  reason: "duplicate",
  message: "This reply URL is in the list already.",
  repaired: null,
};

function findBroken(url: string, type: ApplicationType) {
  return REPLY_URL_RULES.find((rule) => rule.isBroken(url, type));
}

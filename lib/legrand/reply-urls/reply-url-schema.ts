// The rules for reply URLs use nothing from Node, because the form checks them while the user types, and the
// server checks again.
import type { ApplicationType } from "#lib/legrand/applications/application-type-schema.ts";
import { adviseOnReplyUrls } from "#lib/legrand/reply-urls/advise-on-reply-urls.ts";
import { guessReplyUrl } from "#lib/legrand/reply-urls/repair-reply-url.ts";
import { REPLY_URL_RULES } from "#lib/legrand/reply-urls/reply-url-rules.ts";

export type { ApplicationType } from "#lib/legrand/applications/application-type-schema.ts";
export { REPLY_URL_MAX_LENGTH } from "#lib/legrand/reply-urls/reply-url-rules.ts";

/** Maximum number of reply URLs of an application (LEGRAND, Registration). */
export const REPLY_URL_LIMIT = 10;

/** Why a reply URL is refused. */
export type ReplyUrlProblem = {
  /** The reason in one word, for example `fragment`. */
  reason: string;
  /** What is wrong and what to do, in one or two sentences. */
  message: string;
  /** The reply URL that was probably meant, if it would be accepted; otherwise null. */
  repaired: string | null;
};

/**
 * Returns why `url` cannot be a reply URL of an application of this type, or null if it can. An accepted one
 * is a line of ASCII that a browser opens exactly as written, byte for byte.
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
 * Checks the reply URLs of one application together. Returns a problem or null for each, in their order, and
 * notes about the accepted ones. An exact repetition is a problem. The caller checks their number against
 * `REPLY_URL_LIMIT`.
 */
export function checkReplyUrls(
  urls: string[],
  type: ApplicationType,
): { problems: (ReplyUrlProblem | null)[]; notes: string[] } {
  const problems = urls.map(
    (url, index) => checkReplyUrl(url, type) ?? (urls.indexOf(url) < index ? DUPLICATE : null),
  );
  return { problems, notes: adviseOnReplyUrls(urls.filter((_url, index) => !problems[index])) };
}

const DUPLICATE: ReplyUrlProblem = {
  reason: "duplicate",
  message: "This reply URL is in the list already.",
  repaired: null,
};

function findBroken(url: string, type: ApplicationType) {
  return REPLY_URL_RULES.find((rule) => rule.isBroken(url, type));
}

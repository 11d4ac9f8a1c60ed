import { cutText } from "#lib/graphemes.ts";
import { compareReplyUrls } from "#lib/legrand/reply-urls/compare-reply-urls.ts";
import { guessMismatchCause } from "#lib/legrand/reply-urls/guess-mismatch-cause.ts";
import { markUrl, type MarkedUrl } from "#lib/legrand/reply-urls/mark-url.ts";
import { findNearestReplyUrl } from "#lib/legrand/reply-urls/nearest-reply-url.ts";
import { REPLY_URL_MAX_LENGTH } from "#lib/legrand/reply-urls/reply-url-rules.ts";
import { unwrapReplyUrl } from "#lib/legrand/reply-urls/unwrap-reply-url.ts";
import type { UrlDifference } from "#lib/legrand/reply-urls/url-difference.ts";
import { warnOfReplyUrl } from "#lib/legrand/reply-urls/warn-of-reply-url.ts";

/** How a refused `redirect_uri` differs from the registered reply URL that is nearest to it. */
export type ExplainedReplyUrl = {
  /** What was sent; of a longer one, the first 2,000 characters. */
  sent: MarkedUrl;
  /** The nearest registered reply URL, or null if none is registered. */
  nearest: MarkedUrl | null;
  /** Each difference by its part, in the order of the parts. At least one. */
  differences: Pick<UrlDifference, "part" | "sentence">[];
  /** The probable cause and what to do, or null. */
  cause: string | null;
  /** A warning if the link may be an attack, or null. */
  warning: string | null;
};

/**
 * Explains a mismatch by naming every part that differs. The real cloud does not give this answer (LEGRAND,
 * Authorization request: its most frequent complaint). `length` is the length of what was sent if `sent` is
 * already cut. Never throws, for any input.
 */
export function explainReplyUrl(
  sent: string,
  { replyUrls, url, length = sent.length }: { replyUrls: readonly string[]; url: string; length?: number },
): ExplainedReplyUrl {
  const cut = cutText(sent, REPLY_URL_MAX_LENGTH);
  const nearest = findNearestReplyUrl(unwrapReplyUrl(cut, "").text, replyUrls);
  const ofLength = length > cut.length ? [tooLong(length)] : [];
  const differences = nearest === null ? [NONE_REGISTERED] : [...ofLength, ...compareReplyUrls(cut, nearest)];
  const warning = warnOfReplyUrl(cut, [...replyUrls, url]);
  const ranges = (side: "sent" | "registered") => differences.flatMap((difference) => difference[side]);
  return {
    sent: markUrl(cut, ranges("sent")),
    nearest: nearest === null ? null : markUrl(nearest, ranges("registered")),
    differences: differences.map(({ part, sentence }) => ({ part, sentence })),
    // An honest cause would make an attack look harmless.
    cause: warning === null ? guessMismatchCause({ sent: cut, nearest, website: url }) : null,
    warning,
  };
}

const NONE_REGISTERED: UrlDifference = {
  part: "URL",
  sentence: "No reply URL is registered for this application.",
  sent: [],
  registered: [],
};

const tooLong = (length: number): UrlDifference => ({
  part: "Length",
  sentence: `What was sent has ${length.toLocaleString("en")} characters. Only the first ${REPLY_URL_MAX_LENGTH.toLocaleString("en")} are compared.`,
  sent: [],
  registered: [],
});

import { describePartDifference } from "#lib/legrand/reply-urls/describe-part-difference.ts";
import { findDifferingRanges, type TextRange } from "#lib/legrand/reply-urls/differing-ranges.ts";
import {
  splitReplyUrl,
  URL_PARTS,
  type SplitUrl,
  type UrlPart,
} from "#lib/legrand/reply-urls/split-reply-url.ts";
import { unwrapReplyUrl } from "#lib/legrand/reply-urls/unwrap-reply-url.ts";
import type { UrlDifference } from "#lib/legrand/reply-urls/url-difference.ts";

/**
 * Lists how `sent` differs from the registered reply URL, in the order of the parts, with the characters that
 * differ. The list is empty only if the two are equal.
 */
export function compareReplyUrls(sent: string, registered: string): UrlDifference[] {
  if (sent === registered) return [];
  const { text, differences, toSent } = unwrapReplyUrl(sent, registered);
  const ofParts = compareParts(text, registered).map((difference) => ({
    ...difference,
    sent: difference.sent.map(toSent),
  }));
  return [...differences, ...ofParts];
}

function compareParts(text: string, registered: string): UrlDifference[] {
  if (text === registered) return [];
  const [a, b] = [splitReplyUrl(text), splitReplyUrl(registered)];
  if (text === "") return whole(text, registered, "URL", "What was sent is empty.");
  if (!a.scheme.text) return compareIncomplete(text, a, registered, b);
  const isOtherKind = isWeb(a) !== isWeb(b);
  if (isOtherKind) return whole(text, registered, "Scheme", describePartDifference("scheme", a, b).sentence);
  if (!isWeb(a) && a.scheme.text === b.scheme.text && a.separator.text !== b.separator.text)
    return whole(
      text,
      registered,
      "Slashes",
      `After ${a.scheme.text}: the number of slashes differs; it must match character by character.`,
    );
  return URL_PARTS.flatMap((part) => comparePart(part, a, b));
}

const hasPath = (url: SplitUrl) => url.path.text !== "";
const isWeb = (url: SplitUrl) => /^https?$/i.test(url.scheme.text);

function comparePart(part: UrlPart, a: SplitUrl, b: SplitUrl): UrlDifference[] {
  if (a[part].text === b[part].text) return [];
  // The sentence about the path names the slash too.
  if (part === "slash" && hasPath(a) !== hasPath(b)) return [];
  const { sent, registered } = rangesOf(part, a, b);
  return [{ ...describePartDifference(part, a, b), sent, registered }];
}

function rangesOf(part: UrlPart, a: SplitUrl, b: SplitUrl) {
  const found = findDifferingRanges(a[part].text, b[part].text);
  return { sent: shift(found.sent, a[part].start), registered: shift(found.registered, b[part].start) };
}

const shift = (ranges: TextRange[], by: number) =>
  ranges.map(({ start, end }) => ({ start: start + by, end: end + by }));

function whole(text: string, registered: string, part: string, sentence: string): UrlDifference[] {
  return [{ part, sentence, ...findDifferingRanges(text, registered) }];
}

/** Compares an address that has no scheme, and perhaps no host. */
function compareIncomplete(text: string, a: SplitUrl, registered: string, b: SplitUrl): UrlDifference[] {
  const start = { start: 0, end: b.scheme.text.length + b.separator.text.length };
  const scheme = b.scheme.text + b.separator.text;
  if (a.host.text) {
    const missing = `What was sent is not a complete address: ${scheme} is missing at the start.`;
    const others = URL_PARTS.slice(2).flatMap((part) => comparePart(part, a, b));
    return [{ part: "Scheme", sentence: missing, sent: [], registered: [start] }, ...others];
  }
  return whole(
    text,
    registered,
    "URL",
    `What was sent is not a complete address: it must start with ${scheme}${isWeb(b) ? " and a host" : ""}.`,
  );
}

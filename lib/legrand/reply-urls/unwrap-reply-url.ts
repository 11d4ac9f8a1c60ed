import { INVISIBLE } from "#lib/invisible-characters.ts";
import type { TextRange } from "#lib/legrand/reply-urls/differing-ranges.ts";
import type { UrlDifference } from "#lib/legrand/reply-urls/url-difference.ts";

/** A text that was made from another: `at[i]` is where its character `i` began there; the last is the end. */
type Mapped = { text: string; at: number[] };

/** What was sent without the faults around it, and these faults. */
export type UnwrappedUrl = {
  text: string;
  differences: UrlDifference[];
  toSent: (range: TextRange) => TextRange;
};

type Fault = {
  part: string;
  pattern: RegExp;
  /** What takes the place of a match before the parts are compared. */
  by: (match: string, nearest: string) => string;
  sentence: (matches: string[]) => string;
  /** The text has the fault only if it also matches this. */
  onlyIf?: RegExp;
};

/** Every scheme in front of another one, as in `https://http://app.example`. */
const DOUBLED_SCHEME = /^(?:https?(?::[\\/]*|[\\/]+))+(?=https?:)/gi;

const codePoints = (matches: string[]) =>
  [...new Set(matches.flatMap((match) => [...match]))]
    .map((letter) => `U+${letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`)
    .join(", ");

/** Faults that concern the whole text, in the order in which they are removed. */
const FAULTS: readonly Fault[] = [
  {
    part: "White space",
    pattern: /^\s+|(?<!\s)\s+$/gu,
    by: () => "",
    sentence: () => "There is white space around the URL.",
  },
  {
    part: "Invisible character",
    pattern: new RegExp(INVISIBLE.source, "gu"),
    by: () => "",
    sentence: (matches) => `There is an invisible character in the URL: ${codePoints(matches)}.`,
  },
  {
    part: "Quotation marks",
    pattern: /^["'<“‘]|["'>”’]$/gu,
    by: () => "",
    sentence: () => "There are quotation marks or brackets around the URL.",
  },
  {
    part: "Encoding",
    pattern: /%(?:2[\dA-F]|3[\dA-F]|4\d|5[BDF]|7E)/gi,
    by: (match) => decodeURIComponent(match),
    sentence: () => "The whole URL is percent-encoded, so it was encoded twice in the request.",
    onlyIf: /^https?%3A/i,
  },
  {
    part: "Scheme",
    pattern: DOUBLED_SCHEME,
    by: () => "",
    sentence: () => "The scheme appears twice.",
  },
  {
    part: "Encoding",
    pattern: /&amp;/g,
    by: () => "&",
    sentence: () => "The URL is escaped for HTML: it has &amp; where & is meant.",
  },
  {
    part: "White space",
    pattern: /\s/gu,
    by: (_match, nearest) => (nearest.includes("%20") ? "%20" : nearest.includes("+") ? "+" : ""),
    sentence: () => "There is white space inside the URL.",
  },
];

/**
 * Removes the faults around a reply URL, such as white space or a doubled scheme, so that the rest can be
 * compared part by part with `nearest`. Returns the rest, a difference for each fault, and a function that
 * leads a range of the rest back to the text that was sent.
 */
export function unwrapReplyUrl(sent: string, nearest: string): UnwrappedUrl {
  const differences: UrlDifference[] = [];
  let mapped: Mapped = { text: sent, at: Array.from({ length: sent.length + 1 }, (_, index) => index) };
  for (const fault of FAULTS) {
    if (fault.onlyIf && !fault.onlyIf.test(mapped.text)) continue;
    const found = [...mapped.text.matchAll(fault.pattern)];
    if (found.length === 0) continue;
    const { at } = mapped;
    differences.push({
      part: fault.part,
      sentence: fault.sentence(found.map(([match]) => match)),
      sent: found.map(({ index, 0: match }) => ({ start: at[index]!, end: at[index + match.length]! })),
      registered: [],
    });
    mapped = replaceAll(mapped, fault, nearest);
  }
  const { text, at } = mapped;
  return { text, differences, toSent: ({ start, end }) => ({ start: at[start]!, end: at[end]! }) };
}

function replaceAll({ text, at }: Mapped, { pattern, by }: Fault, nearest: string): Mapped {
  const pieces: Mapped[] = [];
  let done = 0;
  let end = at.at(-1)!;
  for (const { index, 0: match } of text.matchAll(pattern)) {
    const piece = by(match, nearest);
    pieces.push({ text: text.slice(done, index), at: at.slice(done, index) });
    pieces.push({ text: piece, at: Array.from({ length: piece.length }, () => at[index]!) });
    done = index + match.length;
    // If the last characters are removed, the text ends before them.
    if (done === text.length && piece === "") end = at[index]!;
  }
  pieces.push({ text: text.slice(done), at: at.slice(done, -1) });
  return {
    text: pieces.map((piece) => piece.text).join(""),
    at: [...pieces.flatMap((piece) => piece.at), end],
  };
}

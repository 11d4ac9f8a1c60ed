import { INVISIBLE } from "#lib/invisible-characters.ts";
import type { TextRange } from "#lib/legrand/reply-urls/differing-ranges.ts";

/** A URL in pieces, of which those that differ are marked. */
export type MarkedUrl = { url: string; pieces: { text: string; isMarked: boolean }[] };

/**
 * Cuts a URL into pieces at the ranges that differ. Ranges that touch become one piece. In a marked piece,
 * characters that a reader cannot see are shown by their code, such as `[U+200B]`.
 */
export function markUrl(url: string, ranges: TextRange[]): MarkedUrl {
  const merged = mergeRanges(ranges);
  const pieces = merged.flatMap(({ start, end }, index) => [
    { text: url.slice(merged[index - 1]?.end ?? 0, start), isMarked: false },
    { text: showInvisible(url.slice(start, end)), isMarked: true },
  ]);
  const rest = { text: url.slice(merged.at(-1)?.end ?? 0), isMarked: false };
  return { url, pieces: [...pieces, rest].filter(({ text }) => text !== "") };
}

function mergeRanges(ranges: TextRange[]): TextRange[] {
  const merged: TextRange[] = [];
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

function showInvisible(text: string): string {
  return [...text]
    .map((letter) =>
      INVISIBLE.test(letter)
        ? `[U+${letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}]`
        : letter,
    )
    .join("");
}

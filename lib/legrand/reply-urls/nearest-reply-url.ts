import { commonEnds } from "#lib/legrand/reply-urls/differing-ranges.ts";
import { isLoopbackHost } from "#lib/legrand/reply-urls/loopback-host.ts";
import {
  splitReplyUrl,
  URL_PARTS,
  type SplitUrl,
  type UrlPart,
} from "#lib/legrand/reply-urls/split-reply-url.ts";

/** How much a difference counts. Host and port say which deployment is meant, so they count most. */
const WEIGHTS: Record<UrlPart, number> = {
  scheme: 2,
  separator: 1,
  userInfo: 1,
  host: 8,
  port: 4,
  path: 5,
  slash: 0.5,
  query: 2,
  fragment: 0.5,
};
const LONGEST_COMPARED = 256;

/**
 * Returns the registered reply URL that is nearest to what was sent, or null if none is registered. The
 * distance is the weighted sum of the edit distances of the parts. Of two at the same distance, the first
 * registered one is returned.
 */
export function findNearestReplyUrl(sent: string, registered: readonly string[]): string | null {
  const parts = splitReplyUrl(sent);
  const [nearest] = registered
    .map((url) => ({ url, distance: distanceBetween(parts, splitReplyUrl(url)) }))
    .sort((a, b) => a.distance - b.distance);
  return nearest?.url ?? null;
}

function distanceBetween(a: SplitUrl, b: SplitUrl): number {
  return URL_PARTS.reduce(
    (sum, part) => sum + WEIGHTS[part] * partDistance(part, a[part].text, b[part].text),
    0,
  );
}

/** Returns 0 for equal texts, up to 1 for texts with nothing in common, and little for near misses. */
function partDistance(part: UrlPart, a: string, b: string): number {
  if (a === b) return 0;
  if (a.toLowerCase() === b.toLowerCase()) return 0.05;
  if (part === "host" && isLoopbackHost(a) && isLoopbackHost(b)) return 0.1;
  return 0.2 + (0.8 * editDistance(a, b)) / Math.max(a.length, b.length);
}

/**
 * Returns how many characters have to be inserted, deleted or replaced (Levenshtein). Of long texts it
 * compares only the first 256 characters between the equal ends, and counts the rest as different.
 */
export function editDistance(left: string, right: string): number {
  const { prefix, suffix } = commonEnds(left, right);
  const a = left.slice(prefix, left.length - suffix);
  const b = right.slice(prefix, right.length - suffix);
  const [shortA, shortB] = [a.slice(0, LONGEST_COMPARED), b.slice(0, LONGEST_COMPARED)];
  let row = Array.from({ length: shortB.length + 1 }, (_, index) => index);
  for (let i = 0; i < shortA.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < shortB.length; j++)
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (shortA[i] === shortB[j] ? 0 : 1)));
    row = next;
  }
  return row.at(-1)! + Math.max(a.length - shortA.length, b.length - shortB.length);
}

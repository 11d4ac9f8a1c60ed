/** A part of a text: from `start` up to and without `end`, in UTF-16 units. */
export type TextRange = { start: number; end: number };

/** The characters of two texts that differ. */
export type DifferingRanges = { sent: TextRange[]; registered: TextRange[] };

/** Longer middles are marked as a whole: the table of the comparison has the square of this many cells. */
const LONGEST_COMPARED = 256;
/** Shorter equal runs between two differences are marked too, because single equal letters are chance. */
const SHORTEST_EQUAL = 3;

/**
 * Compares two texts character by character and returns the ranges that differ (longest common subsequence).
 * Texts with little in common are marked as a whole. Takes at most 65,536 steps.
 */
export function findDifferingRanges(sent: string, registered: string): DifferingRanges {
  const { prefix, suffix } = endsOf(sent, registered);
  const a = sent.slice(prefix, sent.length - suffix);
  const b = registered.slice(prefix, registered.length - suffix);
  const kept = a.length > LONGEST_COMPARED || b.length > LONGEST_COMPARED ? [] : equalRuns(a, b);
  return {
    sent: shift(
      gaps(
        a.length,
        kept.map(({ a: start, length }) => ({ start, end: start + length })),
      ),
      prefix,
    ),
    registered: shift(
      gaps(
        b.length,
        kept.map(({ b: start, length }) => ({ start, end: start + length })),
      ),
      prefix,
    ),
  };
}

/** Returns how many characters are equal at the beginning and, apart from these, at the end. */
export function commonEnds(a: string, b: string): { prefix: number; suffix: number } {
  const shorter = Math.min(a.length, b.length);
  let prefix = 0;
  while (prefix < shorter && a[prefix] === b[prefix]) prefix++;
  let suffix = 0;
  while (suffix < shorter - prefix && a.at(-1 - suffix) === b.at(-1 - suffix)) suffix++;
  return { prefix, suffix };
}

/** Texts with a smaller share of equal ends have nothing in common: a letter that both begin with is chance. */
const LEAST_EQUAL = 0.4;

/**
 * Returns the equal ends of two texts as a reader sees them. If one text is the end of the other, such as a
 * host and its subdomain, only the beginning differs. If the texts have little in common, a word that begins
 * or ends alike is different as a whole.
 */
function endsOf(a: string, b: string): { prefix: number; suffix: number } {
  if (a.endsWith(b) || b.endsWith(a)) return { prefix: 0, suffix: Math.min(a.length, b.length) };
  const { prefix, suffix } = commonEnds(a, b);
  if (prefix + suffix >= LEAST_EQUAL * Math.max(a.length, b.length)) return { prefix, suffix };
  return {
    prefix: /\w$/.test(a.slice(0, prefix)) ? 0 : prefix,
    suffix: /^\w/.test(a.slice(a.length - suffix)) ? 0 : suffix,
  };
}

type Run = { a: number; b: number; length: number };

/** Returns the equal runs of a longest common subsequence that are long enough to help a reader. */
function equalRuns(a: string, b: string): Run[] {
  const width = b.length + 1;
  const best = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      best[i * width + j] =
        a[i] === b[j]
          ? best[(i + 1) * width + j + 1]! + 1
          : Math.max(best[(i + 1) * width + j]!, best[i * width + j + 1]!);
  const runs: Run[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const last = runs.at(-1);
    if (a[i] === b[j]) {
      if (last && last.a + last.length === i && last.b + last.length === j) last.length++;
      else runs.push({ a: i, b: j, length: 1 });
      i++;
      j++;
    } else if (best[(i + 1) * width + j]! >= best[i * width + j + 1]!) i++;
    else j++;
  }
  return runs.filter(({ length }) => length >= SHORTEST_EQUAL);
}

function gaps(length: number, kept: TextRange[]): TextRange[] {
  const edges = [0, ...kept.flatMap(({ start, end }) => [start, end]), length];
  return edges.flatMap((start, index) =>
    index % 2 === 0 && edges[index + 1]! > start ? [{ start, end: edges[index + 1]! }] : [],
  );
}

const shift = (ranges: TextRange[], by: number) =>
  ranges.map(({ start, end }) => ({ start: start + by, end: end + by }));

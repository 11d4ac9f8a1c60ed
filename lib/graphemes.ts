// Characters as people count them (Unicode UAX 29, grapheme clusters): 𠮷 is two units of a JavaScript
// string, 👩‍🔧 is five, é may be two. Has no imports, so that pages, forms and the server can all cut by the
// same rule.
const SEGMENTER = new Intl.Segmenter("und", { granularity: "grapheme" });

/** Returns the first character, or an empty string for an empty text. */
export function firstGrapheme(text: string): string {
  return SEGMENTER.segment(text).containing(0)?.segment ?? "";
}

/**
 * Returns the longest beginning of a text that ends between two characters and has at most `limit` UTF-16
 * units (which `maxlength` of a field counts). If the first character alone is longer (a letter with many
 * accents), it is cut between two code points.
 */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = SEGMENTER.segment(text).containing(limit)!.index;
  return end > 0 ? text.slice(0, end) : text.slice(0, limit).replace(/[\ud800-\udbff]$/, "");
}

/** Returns the first letters of the first two words of a name, in capitals: “CM” for Camille Moreau. */
export function initialsOf(name: string): string {
  const words = name
    .split(/[\s@.]+/)
    .filter(Boolean)
    .slice(0, 2);
  // The capital of ß is SS; only one letter is wanted.
  return words.map((word) => firstGrapheme(firstGrapheme(word).toUpperCase())).join("");
}

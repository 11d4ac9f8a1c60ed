// Characters as people count them (Unicode UAX 29, grapheme clusters): 𠮷 is two units of a JavaScript
// string, 👩‍🔧 is five, é may be two. No import: pages, forms and the server cut by the same rule.
const SEGMENTER = new Intl.Segmenter("und", { granularity: "grapheme" });

/** The first character, or an empty string for an empty text. */
export function firstGrapheme(text: string): string {
  return SEGMENTER.segment(text).containing(0)?.segment ?? "";
}

/**
 * The longest beginning of a text with at most `limit` UTF-16 units (`maxlength` of a field counts these)
 * that ends between two characters. Where the first character alone is longer, a heap of accents, it is cut
 * between two code points.
 */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = SEGMENTER.segment(text).containing(limit)!.index;
  return end > 0 ? text.slice(0, end) : text.slice(0, limit).replace(/[\ud800-\udbff]$/, "");
}

/** The first letters of the first two words of a name, in capitals: “CM” for Camille Moreau. */
export function initialsOf(name: string): string {
  const words = name
    .split(/[\s@.]+/)
    .filter(Boolean)
    .slice(0, 2);
  // The capital of ß is SS, and one is enough.
  return words.map((word) => firstGrapheme(firstGrapheme(word).toUpperCase())).join("");
}

/** The fewest characters of a shortened id. */
const LEAST = 8;

/**
 * Shortens ids to their ends, because ids of one issuer often begin alike. All ends have the same length, the
 * smallest of at least eight characters at which they differ. An id that would lose only a character stays
 * whole. Returns the short form of each id. Pure.
 */
export function shortenIds(ids: readonly string[]): Map<string, string> {
  const whole = [...new Set(ids)];
  const longest = Math.max(0, ...whole.map(({ length }) => length));
  let length = LEAST;
  while (length < longest && new Set(whole.map((id) => id.slice(-length))).size < whole.length) length++;
  return new Map(whole.map((id) => [id, id.length > length + 1 ? `…${id.slice(-length)}` : id]));
}

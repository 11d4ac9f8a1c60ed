/**
 * Matches a character that a reader cannot see: control characters (Cc), format characters such as zero-width
 * spaces, bidirectional controls, soft hyphens and tags (Cf), half of a surrogate pair (Cs), characters of
 * private use (Co), the separators of lines and paragraphs (Zl, Zp), and noncharacters. They can make a text
 * read as something else, change a mail or a terminal, and hide the difference between two addresses (Unicode
 * UAX 44 §5.7.1 for the categories, UTR 36 §3 and UTS 39 §3 for the attacks).
 *
 * Unassigned characters are not among them, because a newer Unicode has a glyph for some.
 */
export const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;

/**
 * Like `INVISIBLE`, for text that people write: allows the two joiners, U+200C and U+200D. Words in Persian and
 * Hindi and many emoji are spelled with them (Unicode 17 §23.2).
 */
export const INVISIBLE_IN_TEXT =
  /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;

const EVERY_INVISIBLE_IN_TEXT = new RegExp(INVISIBLE_IN_TEXT, "gu");
/** Tabs and line ends of every kind. They separate words, so a space takes their place. */
const TABS_AND_LINE_ENDS = /[\t-\r\u0085\u2028\u2029]+/g;

/** Returns the text in one line, without characters that a reader cannot see. */
export function removeInvisible(text: string): string {
  return text.replace(TABS_AND_LINE_ENDS, " ").replace(EVERY_INVISIBLE_IN_TEXT, "");
}

import fc from "fast-check";

/** A word in every text that must be escaped. No page of the application contains it. */
const MARK = "zq7";

/** Texts that change their meaning if they are put into a page, an address or a header unescaped. */
const HOSTILE = [
  `<${MARK}>`,
  `"><${MARK} onload=1>`,
  `'><${MARK}>`,
  `</title><${MARK}>`,
  `</script><${MARK}>`,
  `" ${MARK}="1`,
  `' ${MARK}='1`,
  `--><${MARK}>`,
  `javascript:${MARK}`,
  `data:text/html,<${MARK}>`,
  `\r\nX-${MARK}: 1`,
  `%0d%0aX-${MARK}:%201`,
  `\u2028<${MARK}>`,
  `{{${MARK}}}`,
  `\${${MARK}}`,
  "\0",
  "%00",
  "%",
  "\u202e",
  "\ud800",
  "null",
  "undefined",
  "__proto__",
  "constructor",
  "-1",
  "1e309",
  "9".repeat(400),
  "a".repeat(3_000),
  " ",
  "",
  "😀".repeat(50),
];

/** Generates any text: a hostile one, several of them together, or characters of every kind. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...HOSTILE) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.constantFrom(...HOSTILE), { minLength: 2, maxLength: 3 })
      .map((parts) => parts.join("")),
  },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 60 }) },
);

/**
 * Returns the hostile text that is in the page as markup, an attribute or a script's address, or null if
 * the page is clean.
 */
export function findUnescaped(html: string): string | null {
  const found = new RegExp(
    `<${MARK}|["'] ${MARK}=["']|(?:href|src|action|formaction)\\s*=\\s*["']?\\s*(?:javascript|data):[^"'>]*${MARK}`,
    "i",
  ).exec(html);
  return found?.[0] ?? null;
}

/** The name of the header that a text with a line break would add. */
export const INJECTED_HEADER = `x-${MARK}`;

/** What an SVG may not have, although nothing of it would run or be loaded where it is drawn. */
export type SvgProblem = "entities" | "refers";

/** Entities multiply: a few hundred bytes of them are gigabytes of text. */
const ENTITIES = /<!ENTITY/i;
/** Pictures inside are files of their own, and bombs of their own; the others are no drawing. */
const EMBEDDED =
  /<(?:[^\s<>/:]+:)?(?:image|feImage|foreignObject|script|iframe|object|embed|audio|video|canvas)[\s/>]/i;
/**
 * A stretch of white space is read in one way only, or a long one would be read in all. A link may lead
 * anywhere: nobody clicks on a bitmap.
 */
const REFERENCE =
  /<(?!(?:[^\s<>/:]+:)?a[\s/>])[^<>]*\shref\s*=\s*(?:["']\s*)?(?![\s"'#])|<(?!(?:[^\s<>/:]+:)?a[\s/>])[^<>]*:href\s*=\s*(?:["']\s*)?(?![\s"'#])/i;
const STYLE_REFERENCE =
  /@import|<\?xml-stylesheet|url\(\s*(?:(?:["']|&quot;|&apos;|&#3[49];)\s*)?(?![\s"'&#])/i;

/**
 * Why an SVG is refused before it is drawn, or null. It stands alone: no entities, nothing from elsewhere, no
 * scripts.
 */
export function findSvgProblem(svg: string): SvgProblem | null {
  if (ENTITIES.test(svg)) return "entities";
  return EMBEDDED.test(svg) || REFERENCE.test(svg) || STYLE_REFERENCE.test(withoutText(svg))
    ? "refers"
    : null;
}

/** A tag with its attributes, in which no "<" can be (XML 1.0 §3.1). */
const TAG = /<(?:[^<>"']|"[^"<]*"|'[^'<]*')*>/g;
const STYLE = /<(?:[^\s<>/:]+:)?style[\s>][^]*?(?:<\/(?:[^\s<>/:]+:)?style|$)/gi;

/**
 * The tags and style sheets: what is written between two others is shown, or says what is drawn, and refers
 * to nothing. Of CDATA everything stays.
 */
function withoutText(svg: string): string {
  if (svg.includes("<![CDATA[")) return svg;
  return [...(svg.match(TAG) ?? []), ...(svg.match(STYLE) ?? [])].join("\n");
}

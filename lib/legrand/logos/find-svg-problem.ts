/** What an SVG must not contain, although nothing of it would run or be loaded where it is drawn. */
export type SvgProblem = "entities" | "refers";

/** Entities multiply: a few hundred bytes can expand to gigabytes of text. */
const ENTITIES = /<!ENTITY/i;
/**
 * Embedded pictures are files that could themselves be decompression bombs. The other elements are not
 * drawings.
 */
const EMBEDDED =
  /<(?:[^\s<>/:]+:)?(?:image|feImage|foreignObject|script|iframe|object|embed|audio|video|canvas)[\s/>]/i;
/**
 * White space matches in only one way, because otherwise a long run would be tried in every way
 * (backtracking). A link may lead anywhere, because a bitmap cannot be clicked.
 */
const REFERENCE =
  /<(?!(?:[^\s<>/:]+:)?a[\s/>])[^<>]*\shref\s*=\s*(?:["']\s*)?(?![\s"'#])|<(?!(?:[^\s<>/:]+:)?a[\s/>])[^<>]*:href\s*=\s*(?:["']\s*)?(?![\s"'#])/i;
const STYLE_REFERENCE =
  /@import|<\?xml-stylesheet|url\(\s*(?:(?:["']|&quot;|&apos;|&#3[49];)\s*)?(?![\s"'&#])/i;

/**
 * Returns why an SVG is refused before it is drawn, or null. It must be self-contained: no entities, nothing
 * loaded from elsewhere, no scripts.
 */
export function findSvgProblem(svg: string): SvgProblem | null {
  if (ENTITIES.test(svg)) return "entities";
  return EMBEDDED.test(svg) || REFERENCE.test(svg) || STYLE_REFERENCE.test(withoutText(svg))
    ? "refers"
    : null;
}

/** A tag with its attributes, which cannot contain "<" (XML 1.0 §3.1). */
const TAG = /<(?:[^<>"']|"[^"<]*"|'[^'<]*')*>/g;
const STYLE = /<(?:[^\s<>/:]+:)?style[\s>][^]*?(?:<\/(?:[^\s<>/:]+:)?style|$)/gi;

/**
 * Returns only the tags and style sheets. Other text is displayed or describes the drawing, and refers to
 * nothing. An SVG with CDATA is returned whole.
 */
function withoutText(svg: string): string {
  if (svg.includes("<![CDATA[")) return svg;
  return [...(svg.match(TAG) ?? []), ...(svg.match(STYLE) ?? [])].join("\n");
}

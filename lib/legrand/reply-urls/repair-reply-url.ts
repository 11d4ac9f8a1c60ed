import { INVISIBLE } from "#lib/invisible-characters.ts";
import { ANSWER_PARAMETERS, locationStart, parseAddress } from "#lib/legrand/reply-urls/location-start.ts";

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;
/** The port that most development servers use. */
const USUAL_PORT = "3000";
/** Longer than a reply URL may be, because white space around it is removed. */
const LONGEST_GUESS = 4000;
const EVERY_INVISIBLE = new RegExp(INVISIBLE, "gu");

/**
 * Guesses what a refused reply URL was meant to be, or returns null if that is unclear. The guess must still
 * be checked. Each step fixes one common mistake in typed and pasted URLs.
 */
export function guessReplyUrl(typed: string): string | null {
  if (typed.length > LONGEST_GUESS) return null;
  const text = mendScheme(mendSpaces(typed.normalize("NFC")));
  return text === null ? null : mendAddress(text);
}

/**
 * Removes quotes and a comma, which are often copied along, and line breaks, which come from a wrapped mail.
 */
function mendSpaces(typed: string): string {
  const text = typed.trim();
  const bare = /^["'<(]/.test(text) ? text.slice(1).replace(/[>)"',;]+$/, "") : text;
  return bare
    .trim()
    .replace(/[\r\n]+\s*/g, "")
    .replace(/\s*([/:?&=])\s*/g, "$1")
    .replace(EVERY_INVISIBLE, "");
}

function mendScheme(text: string): string | null {
  // White space between words, or a character that marks a placeholder.
  if (/[\s<>{}|^`"]/u.test(text)) return null;
  const [before = "", ...query] = text.split("?");
  const slashed = [before.replaceAll("\\", "/"), ...query].join("?");
  const single = slashed
    .replace(/^(?:https?:?\/{2,})+(?=https?:?\/)/i, "")
    .replace(
      /^(?:h{1,2}t{1,3}p{1,2}(s?)|ttp(s?))[:;]?\/+/i,
      (_all, s?: string, other?: string) => `http${(s ?? other ?? "").toLowerCase()}://`,
    );
  // A second address in the same field: it is unclear which one was meant.
  if (single.split("?")[0]!.split("://").length > 2) return null;
  if (/^[a-z][\w.+-]*:(?!\d+(?:[/?]|$))/i.test(single)) return single;
  const host = /^(?:\/\/)?((?:localhost|\[::1\]|[^\s/:?#@]+\.[^\s/:?#@]+)(?=[:/?#]|$).*)$/i.exec(single)?.[1];
  return host === undefined
    ? null
    : `${/^(?:localhost|127\.0\.0\.1|\[::1\])/i.test(host) ? "http" : "https"}://${host}`;
}

function mendAddress(text: string): string | null {
  const url = parseAddress(text.replace(/^([a-z][\w-]*(?:\.[\w-]+)+):(?!\/)/i, "$1:/"));
  if (!url) return null;
  url.hash = "";
  url.username = url.password = "";
  if (url.protocol === "http:") mendHttp(url);
  for (const name of ANSWER_PARAMETERS) url.searchParams.delete(name);
  const href = url.search ? locationStart(url.href)!.replace(/&$/, "") : url.href;
  // If only a host was typed, no slash is added, because the client sends none either.
  return /^[a-z]+:\/\/[^/?#]+$/i.test(text) && /^https?:/.test(href) ? href.replace(/\/$/, "") : href;
}

function mendHttp(url: URL): void {
  if (["0.0.0.0", "[::]"].includes(url.hostname)) url.hostname = "localhost";
  if (!LOOPBACK.test(url.hostname)) url.protocol = "https:";
  else if (!url.port) url.port = USUAL_PORT;
}

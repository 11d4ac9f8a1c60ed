import { ANSWER_PARAMETERS, locationStart } from "#lib/legrand/applications/location-start.ts";
import { parseAddress } from "#lib/legrand/applications/parse-address.ts";

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;
/** Where most people's development server listens. */
const USUAL_PORT = "3000";
/** Longer than a reply URL may be; white space around it is taken away. */
const LONGEST_GUESS = 4000;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}]/gu;

/**
 * What was probably meant by a reply URL that was refused, still to be checked; null when that is anybody's
 * guess. Each step mends one way in which addresses go wrong when they are typed and pasted.
 */
export function guessReplyUrl(typed: string): string | null {
  if (typed.length > LONGEST_GUESS) return null;
  const text = mendScheme(mendSpaces(typed.normalize("NFC")));
  return text === null ? null : mendAddress(text);
}

/** Quotes and a comma come along with what is copied; a line break inside comes from a wrapped mail. */
function mendSpaces(typed: string): string {
  const text = typed.trim();
  const bare = /^["'<(]/.test(text) ? text.slice(1).replace(/[>)"',;]+$/, "") : text;
  return bare
    .trim()
    .replace(/[\r\n]+\s*/g, "")
    .replace(/\s*([/:?&=])\s*/g, "$1")
    .replace(INVISIBLE, "");
}

function mendScheme(text: string): string | null {
  // White space between words, and what marks a place to fill in.
  if (/[\s<>{}|^`"]/u.test(text)) return null;
  const [before = "", ...query] = text.split("?");
  const slashed = [before.replaceAll("\\", "/"), ...query].join("?");
  const single = slashed
    .replace(/^(?:https?:?\/{2,})+(?=https?:?\/)/i, "")
    .replace(
      /^(?:h{1,2}t{1,3}p{1,2}(s?)|ttp(s?))[:;]?\/+/i,
      (_all, s?: string, other?: string) => `http${(s ?? other ?? "").toLowerCase()}://`,
    );
  // A second address in the same field: neither is the one that was meant.
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
  // A host alone stays a host alone: what a client sends has no slash either.
  return /^[a-z]+:\/\/[^/?#]+$/i.test(text) && /^https?:/.test(href) ? href.replace(/\/$/, "") : href;
}

function mendHttp(url: URL): void {
  if (["0.0.0.0", "[::]"].includes(url.hostname)) url.hostname = "localhost";
  if (!LOOPBACK.test(url.hostname)) url.protocol = "https:";
  else if (!url.port) url.port = USUAL_PORT;
}

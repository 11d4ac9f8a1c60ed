import { INVISIBLE } from "#lib/invisible-characters.ts";
import type { ApplicationType } from "#lib/legrand/applications/application-type-schema.ts";
import { ANSWER_PARAMETERS, locationStart } from "#lib/legrand/reply-urls/location-start.ts";

/** A rule for refusing a reply URL, with a message that says what to do. */
export type ReplyUrlRule = {
  reason: string;
  isBroken: (url: string, type: ApplicationType) => boolean;
  message: string | ((url: string) => string);
};

/**
 * Maximum number of characters of a reply URL. Proxies and browsers still accept this length with the
 * response parameters appended.
 */
export const REPLY_URL_MAX_LENGTH = 2000;

const SCHEME = /^[a-z][a-z\d+.-]*:/i;
/**
 * Matches `localhost:3000/cb` and `app.example:8443`: they begin with a host, although a URL parser would
 * read a scheme.
 */
const HOST_AND_PORT = /^(?:localhost|[\w-]+(?:\.[\w-]+)+):\d{1,5}(?:[/?]|$)/i;
const DOUBLED = /^https?:?[\\/]{2,}https?:?[\\/]/i;
const MSAL = /^msal[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
/**
 * A reversed domain name, `com.example.app` (RFC 8252 §7.1). RFC 8252 §8.4 lets a server require the period.
 */
const REVERSE_DOMAIN = /^[a-z](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+$/i;
/**
 * `urn:<namespace>:<name>` (RFC 8141 §2), without optional components, because the response parameters are
 * appended there.
 */
const URN =
  /^urn:[a-z\d][a-z\d-]{0,30}[a-z\d]:(?:[\w.~!$&'()+,;=:@-]|%[\da-f]{2})(?:[\w.~!$&'()+,;=:@/-]|%[\da-f]{2})*$/i;
const LOOPBACK = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?=[:/?]|$)/i;
const LOOPBACK_WITH_PORT = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]):(?!0*80(?!\d))\d+(?=[/?]|$)/i;
const HOST =
  /^https?:\/\/(?:[a-z\d_](?:[a-z\d_-]*[a-z\d_])?(?:\.[a-z\d_](?:[a-z\d_-]*[a-z\d_])?)*|\[[\da-f:.]+\])(?::\d{1,5})?(?=[/?]|$)/i;

const schemeOf = (url: string) => SCHEME.exec(url)?.[0].slice(0, -1).toLowerCase() ?? "";
const isWebAddress = (url: string) => ["http", "https"].includes(schemeOf(url));
const isPrivateUse = (url: string) => schemeOf(url).includes(".");
const isKnown = (url: string) =>
  isWebAddress(url) || schemeOf(url) === "urn" || isPrivateUse(url) || MSAL.test(schemeOf(url));
const authorityOf = (url: string) => /^[^:/?]+:\/\/([^/?]*)/.exec(url)?.[1] ?? "";
const decoded = (url: string) => {
  try {
    return decodeURIComponent(url);
  } catch {
    return null;
  }
};
const answerParametersIn = (url: string) =>
  ANSWER_PARAMETERS.filter((name) => new URLSearchParams(/\?(.*)/.exec(url)?.[1] ?? "").has(name));

/**
 * The rules that a reply URL must pass, in the order in which they are reported. Together they are an
 * allow-list of forms (LEGRAND, Registration; RFC 8252 §7.1 and §7.3). Of these forms, only URLs that a
 * browser opens exactly as written are accepted.
 */
export const REPLY_URL_RULES: readonly ReplyUrlRule[] = [
  {
    reason: "empty",
    isBroken: (url) => url.trim() === "",
    message: "Enter a reply URL: the address that the answer is sent to.",
  },
  {
    reason: "too_long",
    isBroken: (url) => url.length > REPLY_URL_MAX_LENGTH,
    message: (url) =>
      `A reply URL has at most ${REPLY_URL_MAX_LENGTH.toLocaleString("en")} characters; this one has ${url.length.toLocaleString("en")}.`,
  },
  {
    reason: "white_space",
    isBroken: (url) => /\s/u.test(url),
    message: "Remove the white space: every character counts, including invisible ones.",
  },
  {
    reason: "invisible",
    isBroken: (url) => INVISIBLE.test(url),
    message: "There is an invisible character in it. Type the URL again instead of pasting it.",
  },
  {
    reason: "doubled_scheme",
    isBroken: (url) => DOUBLED.test(url),
    message: "The scheme appears twice: remove one.",
  },
  {
    reason: "fragment",
    isBroken: (url) => url.includes("#"),
    message: "A reply URL must not have a fragment: remove everything from # on.",
  },
  {
    reason: "wildcard",
    isBroken: (url) => url.includes("*"),
    message: "Wildcards are not allowed: add each URL separately, up to ten.",
  },
  {
    reason: "backslash",
    isBroken: (url) => url.includes("\\"),
    message: "A URL must not have a backslash: write / instead.",
  },
  {
    reason: "no_scheme",
    isBroken: (url) => !SCHEME.test(url) || HOST_AND_PORT.test(url),
    message: "The scheme is missing: a reply URL starts with https://.",
  },
  {
    reason: "scheme",
    isBroken: (url) => !isKnown(url),
    message: (url) =>
      `The scheme ${schemeOf(url)} is not allowed in a reply URL. Use https, http at localhost, or, in a mobile application, your own domain in reverse, such as com.example.app:/callback.`,
  },
  {
    reason: "private_use_for_web",
    isBroken: (url, type) => isPrivateUse(url) && type === "web",
    message: "Custom schemes are for mobile applications. A web application uses https.",
  },
  {
    reason: "private_use_scheme",
    isBroken: (url) => isPrivateUse(url) && !REVERSE_DOMAIN.test(schemeOf(url)),
    message: "The scheme must be your own domain in reverse, such as com.example.app.",
  },
  {
    reason: "capital_scheme",
    isBroken: (url) => SCHEME.exec(url)![0] !== `${schemeOf(url)}:`,
    message: "Write the scheme in small letters, as a browser does: the comparison is case-sensitive.",
  },
  {
    reason: "slashes",
    isBroken: (url) =>
      isWebAddress(url) || MSAL.test(schemeOf(url))
        ? !/^[^:]+:\/\/[^/]/.test(url)
        : isPrivateUse(url) && !/^[^:]+:\//.test(url),
    message: (url) =>
      `After ${schemeOf(url)}: there must be ${isPrivateUse(url) ? "a slash" : "two slashes and a host"}.`,
  },
  {
    reason: "user_info",
    isBroken: (url) => authorityOf(url).includes("@"),
    message: "A reply URL must not have a user name or a password: remove everything up to @.",
  },
  {
    reason: "not_ascii",
    isBroken: (url) => /[^\x21-\x7e]/.test(url),
    message: "Characters outside ASCII must be encoded: a redirect cannot carry them.",
  },
  {
    reason: "percent",
    isBroken: (url) => decoded(url) === null,
    message:
      "After each % come two hexadecimal digits, and the encoded bytes must be valid UTF-8. Write %25 for a percent sign.",
  },
  {
    reason: "encoded_control",
    isBroken: (url) => /%(?:[01][\da-f]|7f)/i.test(url),
    message: "Remove the percent-encoded control character.",
  },
  {
    reason: "urn",
    isBroken: (url) => schemeOf(url) === "urn" && !URN.test(url),
    message: "A URN has the form urn:namespace:name, without a query.",
  },
  {
    reason: "host",
    isBroken: (url) => isWebAddress(url) && !HOST.test(decoded(url.toLowerCase()) ?? url),
    message: "After the two slashes there must be a host, such as app.example, and its port if it has one.",
  },
  {
    reason: "http",
    isBroken: (url) => schemeOf(url) === "http" && !LOOPBACK.test(url),
    message: "Use https. Plain http is allowed for this machine only: localhost, 127.0.0.1 or [::1].",
  },
  {
    reason: "no_port",
    isBroken: (url) => schemeOf(url) === "http" && !LOOPBACK_WITH_PORT.test(url),
    message:
      "At localhost, a reply URL needs a port other than 80: write the port that your application listens at.",
  },
  {
    reason: "answer_parameter",
    isBroken: (url) => answerParametersIn(url).length > 0,
    message: (url) =>
      `The answer adds its own parameter ${answerParametersIn(url)[0]}: remove it from the query.`,
  },
  {
    reason: "character",
    isBroken: (url) => /[<>{}|^`"]/.test(url) || /\[|\]/.test(url.replace(authorityOf(url), "")),
    message: "One of its characters must be percent-encoded. If it marks a placeholder, fill that in.",
  },
  {
    reason: "no_address",
    isBroken: (url) => locationStart(url) === null,
    message: "This URL is not valid: check the host and the port.",
  },
  {
    reason: "rewritten",
    isBroken: (url) => !locationStart(url)!.startsWith(url),
    message:
      "A browser writes this URL differently, and every character counts. Register it as the browser writes it.",
  },
];

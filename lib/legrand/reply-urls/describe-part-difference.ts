import { describeHost, hostForms, isLookAlike } from "#lib/legrand/reply-urls/host-forms.ts";
import { isLoopbackHost } from "#lib/legrand/reply-urls/loopback-host.ts";
import type { SplitUrl, UrlPart } from "#lib/legrand/reply-urls/split-reply-url.ts";
import { quote } from "#lib/legrand/reply-urls/url-difference.ts";

/** The name of a part on screen, and what differs in it. */
type Described = { part: string; sentence: string };

/** The texts of one part, and the two URLs that they belong to. */
type Pair = { a: string; b: string; sent: SplitUrl; registered: SplitUrl };

/**
 * Says in one or two sentences how a part of what was sent differs from the same part of the registered URL.
 * The two texts must differ.
 */
export function describePartDifference(part: UrlPart, sent: SplitUrl, registered: SplitUrl): Described {
  const pair = { a: sent[part].text, b: registered[part].text, sent, registered };
  return describeSpelling(part, pair) ?? DESCRIBERS[part](pair);
}

const NAMES: Record<UrlPart, string> = {
  scheme: "scheme",
  separator: "separator",
  userInfo: "user name",
  host: "host",
  port: "port",
  path: "path",
  slash: "slash",
  query: "query",
  fragment: "fragment",
};

/** Describes a part that means the same and is written in another way, or returns null. */
function describeSpelling(part: UrlPart, { a, b }: Pair): Described | null {
  const encoding = (sentence: string) => ({ part: "Encoding", sentence });
  if (!a || !b) return null;
  if (capitalHex(a) === capitalHex(b))
    return encoding(
      "The percent-encoding differs in capital and small letters, such as %c3 and %C3, and the comparison is case-sensitive.",
    );
  if (a.toLowerCase() === b.toLowerCase())
    return {
      part: "Case",
      sentence: `Capital and small letters differ in the ${NAMES[part]}, and the comparison is case-sensitive.`,
    };
  if (part === "host")
    return hostForms(a).ascii === hostForms(b).ascii ? encoding(TWO_FORMS_OF_A_HOST) : null;
  if (spaced(a) === spaced(b)) return encoding("A space is written as + in one and as %20 in the other.");
  if (decoded(a) === b && /%25/.test(a))
    return encoding("A percent sign was encoded again: what was sent has %25 where % is registered.");
  if (decoded(a) !== null && decoded(a) === decoded(b))
    return encoding(
      "A character is percent-encoded in one and not in the other; the comparison does not decode them.",
    );
  return decoded(a) !== null && decoded(a)?.normalize() === decoded(b)?.normalize()
    ? encoding(
        "An accented letter is one character in one and a letter with a separate accent in the other (Unicode normalization).",
      )
    : null;
}

const TWO_FORMS_OF_A_HOST =
  "The host is the same name with its own letters in one and as punycode (xn--) in the other. Only punycode can be registered.";

const capitalHex = (text: string) => text.replace(/%[\da-f]{2}/gi, (code) => code.toUpperCase());
const spaced = (text: string) => text.replaceAll("+", "%20");
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

const DESCRIBERS: Record<UrlPart, (pair: Pair) => Described> = {
  scheme: ({ a, b }) => ({ part: "Scheme", sentence: `The scheme is ${a}; registered is ${b}.` }),
  separator: ({ a, b, sent }) => ({
    part: "Slashes",
    sentence: `After ${sent.scheme.text || "the scheme"} comes ${b}, and what was sent has ${a || "nothing"}.`,
  }),
  userInfo: ({ sent }) => ({
    part: "User name",
    sentence: `What was sent has a user name in front of @. The host is what follows: ${describeHost(sent.host.text)}.`,
  }),
  host: (pair) => ({ part: "Host", sentence: describeHosts(pair) }),
  port: (pair) => ({ part: "Port", sentence: describePorts(pair) }),
  path: (pair) => ({ part: "Path", sentence: describePaths(pair) }),
  slash: (pair) => ({ part: "Slash", sentence: describeSlashes(pair) }),
  query: ({ a, b, ...urls }) =>
    a === `${b}/` || b === `${a}/`
      ? { part: "Slash", sentence: describeSlashes({ a: a.slice(b.length), b: b.slice(a.length), ...urls }) }
      : { part: "Query", sentence: describeQueries({ a, b, ...urls }) },
  fragment: () => ({
    part: "Fragment",
    sentence: "A reply URL must not have a fragment: remove everything from # on.",
  }),
};

function describeHosts({ a, b }: Pair): string {
  const differ = `The host is ${describeHost(a) || "missing"}; registered is ${describeHost(b)}.`;
  if (!a || !b) return differ;
  if (isLoopbackHost(a) && isLoopbackHost(b))
    return `${differ} They are different addresses, even on one machine.`;
  if (a.includes("%")) return `${differ} A character after the host was percent-encoded.`;
  if (a === `${b}.` || b === `${a}.`)
    return `${differ} ${a === `${b}.` ? "The sent one" : "The registered one"} ends with a dot.`;
  if (isLookAlike(a, b)) return `${differ} The two look alike and belong to different owners.`;
  if (a === `www.${b}` || b === `www.${a}`) return `${differ} They are different hosts, even on one server.`;
  if (a.endsWith(`.${b}`)) return `${differ} A subdomain needs a reply URL of its own.`;
  if (b.endsWith(`.${a}`)) return `${differ} The subdomain is missing.`;
  if (a.startsWith(`${b}.`)) return `${differ} It only begins like the registered one.`;
  return differ;
}

const DEFAULT_PORTS: Record<string, string> = { https: ":443", http: ":80" };
const defaultPort = (url: SplitUrl) => DEFAULT_PORTS[url.scheme.text.toLowerCase()] ?? "";

function describePorts({ a, b, sent, registered }: Pair): string {
  const port = (text: string, url: SplitUrl) =>
    text.slice(1) || (defaultPort(url) ? `${defaultPort(url).slice(1)} (by default)` : "missing");
  if (a === ":") return "What was sent has a colon without a port.";
  if (b === "" && a === defaultPort(sent))
    return `The default port ${a.slice(1)} is written, and the registered URL leaves it out. The comparison does not know default ports.`;
  if (a === "" && b === defaultPort(registered))
    return `The port is not written; registered is the default port ${b.slice(1)}. The comparison does not know default ports.`;
  return `The port is ${port(a, sent)}; registered is ${port(b, registered)}.`;
}

function describePaths({ a, b, sent, registered }: Pair): string {
  const whole = (url: SplitUrl) => quote(url.path.text + url.slash.text) || "empty";
  const differ = `The path is ${whole(sent)}; registered is ${whole(registered)}.`;
  if (a.includes("\\")) return `${differ} A backslash is not a slash.`;
  if (a.replace(/\/{2,}/g, "/") === b) return `${differ} A slash is doubled.`;
  if (/(^|\/)\.{1,2}(\/|$)/.test(a)) return `${differ} Dot segments are not resolved before the comparison.`;
  if (a.includes("*")) return `${differ} Wildcards are not allowed.`;
  if (/[{}<>]|\/:[a-z]/i.test(a)) return `${differ} A placeholder was not filled in.`;
  const extra = extraSegment(a, b);
  if (extra) return `${differ} What was sent has the extra segment ${quote(extra)}.`;
  const missing = extraSegment(b, a);
  return missing ? `${differ} The segment ${quote(missing)} is missing.` : differ;
}

/** Returns the one segment that `long` has more than `short`, or null. */
function extraSegment(long: string, short: string): string | null {
  const [more, fewer] = [long.split("/"), short.split("/").filter((_, index) => short || index > 0)];
  if (more.length !== fewer.length + 1 || !short) return null;
  const at = more.findIndex((segment, index) => segment !== fewer[index]);
  return more.toSpliced(at, 1).join("/") === short ? more[at]! : null;
}

function describeSlashes({ a, b }: Pair): string {
  if (a && !b)
    return a === "/"
      ? "What was sent has an extra trailing slash."
      : `What was sent ends with ${a.length} extra slashes.`;
  if (!a) return "What was sent lacks the trailing slash.";
  return `What was sent ends with ${a.length} ${a.length === 1 ? "slash" : "slashes"}; registered is ${b.length}.`;
}

function describeQueries({ a, b }: Pair): string {
  if (a === "?") return "What was sent ends with a question mark that is not registered.";
  if (!b) return `The query differs: ${quote(a)} is not registered. The query is part of the reply URL.`;
  if (!a)
    return `The query differs: the registered ${quote(b)} is missing. The query is part of the reply URL.`;
  const [sent, registered] = [a, b].map((query) => query.slice(1).split("&")) as [string[], string[]];
  if (sent.toSorted().join("&") === registered.toSorted().join("&"))
    return "The query differs: it has the same parameters in another order.";
  const extra = sent.filter((pair) => !registered.includes(pair));
  const missing = registered.filter((pair) => !sent.includes(pair));
  if (extra.length === 0 && missing.length > 0)
    return `The query differs: the registered ${quote(missing.join("&"))} is missing.`;
  if (missing.length === 0 && extra.length > 0)
    return `The query differs: ${quote(extra.join("&")) || "an empty parameter"} is not registered.`;
  return `The query differs: it is ${quote(a)}; registered is ${quote(b)}.`;
}

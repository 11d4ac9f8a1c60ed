import { ANSWER_PARAMETERS } from "#lib/legrand/reply-urls/location-start.ts";
import { isLoopbackHost } from "#lib/legrand/reply-urls/loopback-host.ts";
import { splitReplyUrl, type SplitUrl } from "#lib/legrand/reply-urls/split-reply-url.ts";

/** What was sent, the nearest registered reply URL, and the Url of the application: its web site. */
export type Mismatch = { sent: string; nearest: string | null; website: string };

type Facts = Mismatch & { a: SplitUrl; b: SplitUrl };
type Cause = { isLikely: (facts: Facts) => boolean; sentence: string };

const bare = (url: string) => url.trim().replace(/\/+$/, "");
const scheme = (url: SplitUrl) => url.scheme.text.toLowerCase();
const host = (url: SplitUrl) => url.host.text.toLowerCase();

/** The usual causes of a mismatch, the most specific first. */
const CAUSES: readonly Cause[] = [
  {
    isLikely: ({ sent, website, nearest }) =>
      bare(sent) !== "" && bare(sent) === bare(website) && bare(sent) !== bare(nearest ?? ""),
    sentence:
      "The client sends the application’s Url, which is its web site. A reply URL is the address at which the application takes the answer.",
  },
  {
    isLikely: ({ sent }) => /^https?(?::[\\/]*|[\\/]+)https?:/i.test(sent.trim()),
    sentence:
      "The client puts a scheme in front of a base URL that already has one. Check the setting with the base URL.",
  },
  {
    isLikely: ({ sent }) => /^https?%3A/i.test(sent.trim()),
    sentence:
      "The client encodes the URL and then gives it to a function that encodes it again. Encode it once.",
  },
  {
    isLikely: ({ sent }) => /&amp;/.test(sent),
    sentence: "The link was copied from the source of a page. Copy it from the address bar.",
  },
  {
    isLikely: ({ sent }) => /[{}*]|.[<>]./.test(sent.trim()),
    sentence: "A template or a variable was not replaced. Check the client’s configuration.",
  },
  {
    isLikely: ({ a, b }) => ANSWER_PARAMETERS.some((name) => has(a, name) && !has(b, name)),
    sentence:
      "The client builds the reply URL from the address of its own page, which has the parameters of an earlier answer. Send it without the query.",
  },
  {
    isLikely: ({ a, b }) => isLoopbackHost(host(a)) && isLoopbackHost(host(b)) && host(a) !== host(b),
    sentence:
      "Development servers print one name and answer at several. The client uses the name in the address bar: open the application under the registered one.",
  },
  {
    isLikely: ({ a, b }) =>
      scheme(a) === "http" && scheme(b) === "https" && host(a) === host(b) && !isLoopbackHost(host(a)),
    sentence:
      "A proxy takes https and passes the request on as http, and the client builds its address from that. Let the client trust X-Forwarded-Proto, or set its public URL.",
  },
  {
    isLikely: ({ a, b }) => scheme(a) === "https" && scheme(b) === "http" && isLoopbackHost(host(a)),
    sentence: "The local server is configured for https, and its reply URL is registered with http.",
  },
  {
    isLikely: ({ a, b }) =>
      isLoopbackHost(host(a)) &&
      host(a) === host(b) &&
      a.port.text !== b.port.text &&
      Math.min(a.port.text.length, b.port.text.length) > 1,
    sentence:
      "A development server takes the next port if its own is in use. Stop the other program, or set the port.",
  },
  {
    isLikely: ({ a, b }) =>
      b.host.text !== "" && isLoopbackHost(host(a)) !== isLoopbackHost(host(b)) && a.host.text !== "",
    sentence:
      "One address is for development and the other for the public site. Each environment needs a reply URL of its own.",
  },
  {
    isLikely: ({ a, b }) =>
      a.slash.text !== b.slash.text &&
      a.path.text === b.path.text &&
      host(a) === host(b) &&
      b.host.text !== "",
    sentence: "Frameworks and web servers often add a slash at the end, or remove it.",
  },
];

const has = (url: SplitUrl, name: string) => new URLSearchParams(url.query.text.slice(1)).has(name);

/** Returns the probable cause of a mismatch and what to do, in one or two sentences, or null. */
export function guessMismatchCause(mismatch: Mismatch): string | null {
  const facts = {
    ...mismatch,
    a: splitReplyUrl(mismatch.sent.trim()),
    b: splitReplyUrl(mismatch.nearest ?? ""),
  };
  return CAUSES.find(({ isLikely }) => isLikely(facts))?.sentence ?? null;
}

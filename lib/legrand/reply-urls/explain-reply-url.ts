/** How a refused `redirect_uri` differs from the registered reply URL that is most like it. */
export type ReplyUrlDifference = {
  /** The registered reply URL that is most like what was sent, or null if none is registered. */
  nearest: string | null;
  /** One sentence for the developer. */
  sentence: string;
};

/**
 * Explains a mismatch by naming the first part that differs. The real cloud does not give this answer
 * (LEGRAND, Authorization request: its most frequent complaint). Never throws, for any input.
 */
export function explainReplyUrl(sent: string, registered: readonly string[]): ReplyUrlDifference {
  const nearest = [...registered].sort((a, b) => distance(sent, a) - distance(sent, b))[0];
  if (!nearest) return { nearest: null, sentence: "No reply URL is registered for this application." };
  return { nearest, sentence: describe(sent, nearest) };
}

function describe(sent: string, nearest: string): string {
  if (/^https?:\/\/https?:/i.test(sent)) return "The scheme appears twice.";
  if (sent !== sent.trim()) return "There is white space around the URL.";
  if (sent.includes("#")) return "A reply URL must not have a fragment: remove everything from # on.";
  if (sent === `${nearest}/`) return "The URL in the request has an extra trailing slash. Remove it.";
  if (`${sent}/` === nearest) return "The URL in the request lacks the trailing slash. Add it.";
  if (sent.toLowerCase() === nearest.toLowerCase())
    return "Capital and small letters differ, and the comparison is case-sensitive.";
  return describeParts(sent, nearest);
}

function describeParts(sent: string, nearest: string): string {
  const a = URL.parse(sent);
  const b = URL.parse(nearest);
  if (!a) return "The URL in the request is not a complete address: it must start with https:// and a host.";
  if (!b) return "It differs from every registered reply URL.";
  if (a.hostname && b.hostname && a.hostname !== b.hostname)
    return `The host is ${a.hostname}; registered is ${b.hostname}.`;
  if (a.protocol !== b.protocol)
    return `The scheme is ${a.protocol.slice(0, -1)}; registered is ${b.protocol.slice(0, -1)}.`;
  if (a.port !== b.port) return `The port is ${portOf(a)}; registered is ${portOf(b)}.`;
  if (decodes(a.pathname, b.pathname))
    return "A character is percent-encoded in one and not in the other; the comparison does not decode them.";
  if (a.pathname !== b.pathname) return `The path is ${a.pathname}; registered is ${b.pathname}.`;
  if (a.search !== b.search) return "The query differs; it is part of the reply URL.";
  return "It is written differently: it must match character by character.";
}

const portOf = (url: URL) => url.port || (url.protocol === "https:" ? "443 (by default)" : "80 (by default)");

function decodes(a: string, b: string): boolean {
  try {
    return a !== b && decodeURIComponent(a) === decodeURIComponent(b);
  } catch {
    return false;
  }
}

// Compares common prefix and suffix instead of edit distance: it is linear, and good enough to choose among
// ten.
function distance(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let prefix = 0;
  while (prefix < shorter && a[prefix] === b[prefix]) prefix++;
  let suffix = 0;
  while (suffix < shorter - prefix && a.at(-1 - suffix) === b.at(-1 - suffix)) suffix++;
  return Math.max(a.length, b.length) - prefix - suffix;
}

/** The parts of a reply URL, in their order. `separator` is what stands between scheme and host. */
export const URL_PARTS = [
  "scheme",
  "separator",
  "userInfo",
  "host",
  "port",
  "path",
  "slash",
  "query",
  "fragment",
] as const;
/** One of the parts. `slash` is the slash, or the slashes, at the end of the path. */
export type UrlPart = (typeof URL_PARTS)[number];

/** The text of each part, and where it starts. An absent part has an empty text. */
export type SplitUrl = Record<UrlPart, { text: string; start: number }>;

/**
 * Matches `localhost:3000/cb` and `app.example:8443`: they begin with a host, although a URL parser would
 * read a scheme.
 */
const HOST_AND_PORT = /^(?:localhost|[\w-]+(?:\.[\w-]+)+):\d{1,5}(?:[/?#]|$)/i;
/** A host without a scheme, such as `app.example/callback`. */
const BARE_HOST = /^(?:localhost|[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+)(?:[:/?#]|$)/iu;
const SCHEME = /^[a-z][a-z\d+.-]*(?=:)/i;

/**
 * Splits a reply URL as it was written, in which a URL parser would correct what is to be found. Joined
 * together, the parts are the text again. Never fails, for any text. The port has its colon, the user name
 * its `@`, the query its `?` and the fragment its `#`.
 */
export function splitReplyUrl(text: string): SplitUrl {
  const scheme = HOST_AND_PORT.test(text) ? "" : (SCHEME.exec(text)?.[0] ?? "");
  const separator = separatorOf(text.slice(scheme.length), scheme);
  const rest = text.slice(scheme.length + separator.length);
  const hasHost = scheme ? hasAuthority(scheme, separator) : separator !== "" || BARE_HOST.test(rest);
  const authority = hasHost ? /^[^/\\?#]*/.exec(rest)![0] : "";
  const [, path = "", query = "", fragment = ""] = /^([^?#]*)(\?[^#]*)?(#[^]*)?$/.exec(
    rest.slice(authority.length),
  )!;
  const slash = /\/*$/.exec(path)![0];
  return withStarts({
    scheme,
    separator,
    ...splitAuthority(authority),
    path: path.slice(0, path.length - slash.length),
    slash,
    query,
    fragment,
  });
}

const isWeb = (scheme: string) => /^https?$/i.test(scheme);
const hasAuthority = (scheme: string, separator: string) => isWeb(scheme) || separator === "://";

function separatorOf(rest: string, scheme: string): string {
  if (!scheme) return /^\/\//.exec(rest)?.[0] ?? "";
  return (isWeb(scheme) ? /^:[\\/]*/ : /^:(?:\/\/)?/).exec(rest)![0];
}

function splitAuthority(authority: string): Record<"userInfo" | "host" | "port", string> {
  const userInfo = authority.slice(0, authority.lastIndexOf("@") + 1);
  const hostAndPort = authority.slice(userInfo.length);
  const [, host = "", port = ""] = /^(\[[^\]]*\]?|[^:]*)([^]*)$/.exec(hostAndPort)!;
  return { userInfo, host, port };
}

function withStarts(texts: Record<UrlPart, string>): SplitUrl {
  let start = 0;
  const parts = URL_PARTS.map((part) => {
    const placed = { text: texts[part], start };
    start += texts[part].length;
    return [part, placed];
  });
  return Object.fromEntries(parts) as SplitUrl;
}

/** Longer parts of a reply URL are no words that a developer wrote, and may be a code or a secret. */
const PART = /^[\w.~+-]{0,24}$/;
const MOST_CHARACTERS = 300;
const MOST_SEGMENTS = 12;

/**
 * Returns a reply URL as it may be stored: scheme, host, port and path. The path is what developers get wrong,
 * so it is kept, except for segments that are long or unusual. User, query and fragment become their length,
 * because programs put credentials there. Returns null for a value that is not a URL.
 */
export function redactReplyUrl(value: string): string | null {
  const [, scheme, , authority = "", path, rest] =
    /^([a-z][a-z\d+.-]{0,40}):(\/\/([^/?#\\]*))?([^?#]*)(.*)$/is.exec(value) ?? [];
  if (!scheme || path === undefined) return null;
  const [host, user] = authority.split("@").reverse();
  const shown = [
    scheme,
    value.startsWith("//", scheme.length + 1) ? "://" : ":",
    user === undefined ? "" : `(${user.length} characters)@`,
    host!.length <= 100 ? redactParts(host!, /([.:])/) : `(${host!.length} characters)`,
    redactParts(path, /(\/)/),
    rest ? `${rest[0]}(${rest.length - 1} characters)` : "",
  ].join("");
  return shown.length <= MOST_CHARACTERS ? shown : null;
}

function redactParts(text: string, separator: RegExp): string {
  const parts = text.split(separator);
  if (parts.length > 2 * MOST_SEGMENTS) return `(${text.length} characters)`;
  return parts.map((part) => (separator.test(part) || PART.test(part) ? part : `(${part.length})`)).join("");
}

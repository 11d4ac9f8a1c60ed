/**
 * Returns the parsed URL, or null if it is invalid. Used instead of `URL.parse`, which browsers from 2023 do
 * not have.
 */
export function parseAddress(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

/**
 * Parameters of the authorization response (RFC 6749 §4.1.2, §4.1.2.1; RFC 9207 §2). A parameter with such a
 * name in a reply URL would be overwritten.
 */
export const ANSWER_PARAMETERS: readonly string[] = [
  "code",
  "state",
  "iss",
  "error",
  "error_description",
  "error_uri",
  "scope",
];

/**
 * Returns the URL that a browser is sent to, up to the first response parameter. Returns null if `replyUrl`
 * is not a URL. `oidc-provider` does the same (helpers/redirect_uri.js). It is a pure function and also runs
 * in the browser.
 */
export function locationStart(replyUrl: string): string | null {
  const url = parseAddress(replyUrl);
  if (!url) return null;
  url.searchParams.set("code", "");
  return url.href.replace(/code=$/, "");
}

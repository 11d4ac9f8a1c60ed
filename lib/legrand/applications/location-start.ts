import { parseAddress } from "#lib/legrand/applications/parse-address.ts";

/**
 * Parameters of the answer (RFC 6749 §4.1.2, §4.1.2.1; RFC 9207 §2): one of that name in a reply URL is
 * overwritten.
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
 * The address that a browser is sent to with an answer, up to the answer's own first parameter
 * (`oidc-provider`, helpers/redirect_uri.js, does the same); null for what is no address. Pure: in the
 * browser too.
 */
export function locationStart(replyUrl: string): string | null {
  const url = parseAddress(replyUrl);
  if (!url) return null;
  url.searchParams.set("code", "");
  return url.href.replace(/code=$/, "");
}

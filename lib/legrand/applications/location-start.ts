/**
 * The address that a browser is sent to with an answer, up to the answer's own first parameter (`oidc-provider`,
 * helpers/redirect_uri.js, does the same); null for what is no address. Pure: in the browser too.
 */
export function locationStart(replyUrl: string): string | null {
  const url = URL.parse(replyUrl);
  if (!url) return null;
  url.searchParams.set("code", "");
  return url.href.replace(/code=$/, "");
}

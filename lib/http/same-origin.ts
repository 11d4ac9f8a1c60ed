import { env } from "#lib/env.ts";

/**
 * Whether a form post comes from a page of ours (OWASP CSRF Cheat Sheet, "Verifying origin"). A browser
 * always says so: by
 * `Origin`, or, from a page with `Referrer-Policy: no-referrer`, by `Origin: null` beside `Sec-Fetch-Site: same-origin`.
 * A caller that sends neither header is no browser, and carries no cookie that it does not own.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site && site !== "same-origin" && site !== "none") return false;
  const origin = headers.get("origin");
  if (origin === null || origin === env().origin) return true;
  return origin === "null" && site === "same-origin";
}

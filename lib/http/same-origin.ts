import { env } from "#lib/env.ts";

/**
 * True if a form post comes from a page of this origin (OWASP CSRF Cheat Sheet, "Verifying origin"). A
 * browser always says so: by `Origin`, or, from a page with `Referrer-Policy: no-referrer`, by `Origin: null`
 * together with `Sec-Fetch-Site: same-origin`. A caller that sends neither header is not a browser, and has
 * only cookies that are its own.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site && site !== "same-origin" && site !== "none") return false;
  const origin = headers.get("origin");
  if (origin === null || origin === env().origin) return true;
  return origin === "null" && site === "same-origin";
}

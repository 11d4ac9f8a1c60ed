import { env } from "#lib/env.ts";

/**
 * Returns the `Set-Cookie` value of an HttpOnly cookie that is sent to every page of Connect. A lifetime of 0
 * deletes the cookie.
 */
export function setCookieLine(name: string, value: string, lifetimeSeconds: number): string {
  return `${name}=${value}; Path=/; Max-Age=${lifetimeSeconds}; HttpOnly; SameSite=Lax${env().isHttps ? "; Secure" : ""}`;
}

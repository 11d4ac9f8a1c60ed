import { env } from "#lib/env.ts";

/**
 * Returns the `Set-Cookie` value of a cookie that every page of Connect gets and no script reads. A lifetime
 * of 0 deletes it.
 */
export function setCookieLine(name: string, value: string, lifetimeSeconds: number): string {
  return `${name}=${value}; Path=/; Max-Age=${lifetimeSeconds}; HttpOnly; SameSite=Lax${env().isHttps ? "; Secure" : ""}`;
}

import { env } from "#lib/env.ts";

/** Returns the `Set-Cookie` value of a cookie that every page of the sandbox gets and no script reads. A lifetime of 0 deletes it. */
export function sandboxCookie(name: string, value: string, lifetimeSeconds: number): string {
  return `${name}=${value}; Path=/legrand; Max-Age=${lifetimeSeconds}; HttpOnly; SameSite=Lax${env().isHttps ? "; Secure" : ""}`;
}

/** Returns the value of the cookie of that name in these headers, or undefined. */
export function readCookie(name: string, headers: Headers): string | undefined {
  const pair = headers.get("cookie")?.split(/; */).find((one) => one.startsWith(`${name}=`));
  return pair?.slice(name.length + 1);
}

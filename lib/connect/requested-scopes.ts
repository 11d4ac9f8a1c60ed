import { cookies } from "next/headers";

import { env } from "#lib/env.ts";

const NAME = "connect.requested-scopes";
const LIFETIME_SECONDS = 15 * 60;

/** Remembers, in this browser, what the authorization request that begins now asks for: the answer does not repeat it. */
export async function rememberRequestedScopes(scopes: readonly string[] | undefined): Promise<void> {
  const jar = await cookies();
  if (!scopes) jar.delete(NAME);
  else jar.set(NAME, scopes.join(" "), { httpOnly: true, sameSite: "lax", secure: env().isHttps, path: "/", maxAge: LIFETIME_SECONDS });
}

/** What was remembered, or null. It is shown, and decides nothing. */
export async function readRequestedScopes(): Promise<string[] | null> {
  return (await cookies()).get(NAME)?.value.split(" ").filter((scope) => /^[\w.]{1,64}$/.test(scope)) ?? null;
}

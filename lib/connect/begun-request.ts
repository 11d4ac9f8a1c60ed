import { cookies } from "next/headers";
import { z } from "zod";

import { now } from "#lib/clock.ts";
import { env } from "#lib/env.ts";

const NAME = "connect.begun";
const LIFETIME_SECONDS = 15 * 60;

const schema = z.object({
  /** What the person pressed. */
  intent: z.enum(["connect", "choose", "another", "more", "change", "reconnect"]),
  /** When, in milliseconds since 1970. */
  begun: z.number().int().min(0).max(8_640_000_000_000_000),
  /** The linked account that is meant. */
  account: z.string().max(36).optional(),
});

/** An authorization request that this browser began: the page after it says what came of it. */
export type BegunRequest = z.infer<typeof schema>;

/** Remembers, in this browser, what the authorization request that begins now is for: the answer does not say it. */
export async function rememberBegun(intent: BegunRequest["intent"], account?: string): Promise<void> {
  const value = JSON.stringify({ intent, begun: now().getTime(), ...(account ? { account } : {}) });
  (await cookies()).set(NAME, value, { httpOnly: true, sameSite: "lax", secure: env().isHttps, path: "/", maxAge: LIFETIME_SECONDS });
}

/** Returns what was remembered, or null. It is shown, and decides nothing. */
export function readBegun(jar: { get: (name: string) => { value: string } | undefined }): BegunRequest | null {
  try {
    return schema.parse(JSON.parse(jar.get(NAME)?.value ?? ""));
  } catch {
    return null;
  }
}

/** The `Set-Cookie` value that forgets it. */
export const forgetBegun = () => `${NAME}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${env().isHttps ? "; Secure" : ""}`;

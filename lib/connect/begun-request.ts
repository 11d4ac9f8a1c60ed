import { cookies } from "next/headers";
import { z } from "zod";

import { now } from "#lib/clock.ts";
import { begunCookie } from "#lib/connect/flows/auth-cookies.ts";
import { readCookieOfFlow } from "#lib/connect/flows/current-flow.ts";

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

/**
 * Notes what the authorization request that begins now is for: the answer does not say it. The note becomes
 * one of the flow's cookies (lib/connect/flows/keep-flow.ts).
 */
export async function rememberBegun(intent: BegunRequest["intent"], account?: string): Promise<void> {
  (await cookies()).set(
    begunCookie(),
    JSON.stringify({ intent, begun: now().getTime(), ...(account ? { account } : {}) }),
  );
}

/**
 * Returns what the flow whose callback is being answered is for, or null if nothing was noted. It is shown,
 * and decides nothing.
 */
export function readBegun(): BegunRequest | null {
  return parseBegun(readCookieOfFlow(begunCookie()));
}

/** Reads such a note. Returns null if it is of another form. */
export function parseBegun(value: string | null): BegunRequest | null {
  try {
    return schema.parse(JSON.parse(value ?? ""));
  } catch {
    return null;
  }
}

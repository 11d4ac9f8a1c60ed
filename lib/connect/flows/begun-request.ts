import { cookies } from "next/headers";
import { z } from "zod";

import { now } from "#lib/clock.ts";
import { begunCookie } from "#lib/connect/flows/auth-cookies.ts";
import { readCookieOfFlow } from "#lib/connect/flows/current-flow.ts";

const schema = z.object({
  /** The button that the user pressed. */
  intent: z.enum(["connect", "choose", "another", "more", "change", "reconnect"]),
  /** Start of the request, in milliseconds since 1970. */
  begun: z.number().int().min(0).max(8_640_000_000_000_000),
  /** The id of the linked account that the request is for. */
  account: z.string().max(36).optional(),
});

/** An authorization request that this browser started. The page after it describes the result. */
export type BegunRequest = z.infer<typeof schema>;

/**
 * Remembers the purpose of the authorization request that begins now, because the answer does not contain it.
 * It becomes one of the flow's cookies (lib/connect/flows/rename-flow-cookies.ts).
 */
export async function rememberBegun(intent: BegunRequest["intent"], account?: string): Promise<void> {
  (await cookies()).set(
    begunCookie(),
    JSON.stringify({ intent, begun: now().getTime(), ...(account ? { account } : {}) }),
  );
}

/**
 * Returns the purpose of the flow whose callback is being answered, or null if none was remembered. Used only
 * for display, never for decisions.
 */
export function readBegun(): BegunRequest | null {
  return parseBegun(readCookieOfFlow(begunCookie()));
}

/** Parses the cookie about a started request. Returns null if its format is invalid. */
export function parseBegun(value: string | null): BegunRequest | null {
  try {
    return schema.parse(JSON.parse(value ?? ""));
  } catch {
    return null;
  }
}

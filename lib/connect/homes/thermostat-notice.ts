import { cookies } from "next/headers";

import type { Act } from "#lib/connect/homes/families-constants.ts";
import type { HomesProblem } from "#lib/connect/homes/home.ts";
import { cookieName } from "#lib/cookie-name.ts";
import { decryptOrNull, encrypt } from "#lib/crypto/encrypt.ts";
import { env } from "#lib/env.ts";

/**
 * Carries what came of the form of a thermostat, light, plug or shutter to the page that follows, so that its
 * address contains none of it.
 */
const CONTEXT = "connect.thermostat";
const cookie = () => cookieName("connect", "thermostat");
const LIFETIME_SECONDS = 20;

/** What came of the form of one product. */
export type ThermostatNotice = { account: string; module: string } & (
  | { outcome: "set"; temperature: number }
  | { outcome: "following" }
  /** What was asked of a light, a plug or a shutter. */
  | { outcome: "done"; act: Act }
  /** What was typed, and the sentence beside it. */
  | { outcome: "mistyped"; typed: string; message: string }
  | { outcome: "problem"; problem: HomesProblem }
);

/** The `Set-Cookie` value that brings the notice to /account, for as long as a redirect takes. */
export function sealThermostatNotice(notice: ThermostatNotice): string {
  const sealed = encrypt(JSON.stringify(notice), CONTEXT);
  return `${cookie()}=${sealed}; Path=/account; Max-Age=${LIFETIME_SECONDS}; HttpOnly; SameSite=Lax${env().isHttps ? "; Secure" : ""}`;
}

/**
 * The `Set-Cookie` value that goes with the page which says it: once, for it takes the focus, and a page
 * opened a moment later is about something else. Null where the request for that path brings none. Pages
 * cannot set cookies: the proxy does.
 */
export function endThermostatNotice(path: string, hasCookie: (name: string) => boolean): string | null {
  return path === "/account" && hasCookie(cookie())
    ? `${cookie()}=; Path=/account; Max-Age=0; HttpOnly; SameSite=Lax`
    : null;
}

/** The notice for the page that is being rendered, or null for none or for a forged one. */
export async function findThermostatNotice(): Promise<ThermostatNotice | null> {
  const sealed = (await cookies()).get(cookie())?.value;
  const notice = sealed ? decryptOrNull(sealed, CONTEXT) : null;
  return notice === null ? null : (JSON.parse(notice, revive) as ThermostatNotice);
}

/** JSON has no moments: `until` is the only one here. */
function revive(key: string, value: unknown): unknown {
  return key === "until" && typeof value === "string" ? new Date(value) : value;
}

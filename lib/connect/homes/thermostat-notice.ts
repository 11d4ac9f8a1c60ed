import { cookies } from "next/headers";

import type { Act } from "#lib/connect/homes/families-constants.ts";
import type { HomesProblem } from "#lib/connect/homes/home.ts";
import { cookieName } from "#lib/cookie-name.ts";
import { decryptOrNull, encrypt } from "#lib/crypto/encrypt.ts";
import { env } from "#lib/env.ts";

/**
 * Encryption context of the notice that carries the result of a product's form to the next page. The product
 * is a thermostat, light, plug or shutter. The notice is in a cookie, so that the page's URL contains none of
 * it.
 */
const CONTEXT = "connect.thermostat";
const cookie = () => cookieName("connect", "thermostat");
const LIFETIME_SECONDS = 20;

/** The result of the form for one product. */
export type ThermostatNotice = { account: string; module: string } & (
  | { outcome: "set"; temperature: number }
  | { outcome: "following" }
  /** The action that was sent to a light, a plug or a shutter. */
  | { outcome: "done"; act: Act }
  /** The typed text, and the error message about it. */
  | { outcome: "mistyped"; typed: string; message: string }
  | { outcome: "problem"; problem: HomesProblem }
);

/** Returns the `Set-Cookie` value that carries the notice to /account, just long enough for a redirect. */
export function sealThermostatNotice(notice: ThermostatNotice): string {
  const sealed = encrypt(JSON.stringify(notice), CONTEXT);
  return `${cookie()}=${sealed}; Path=/account; Max-Age=${LIFETIME_SECONDS}; HttpOnly; SameSite=Lax${env().isHttps ? "; Secure" : ""}`;
}

/**
 * Returns the `Set-Cookie` value that deletes the notice with the page that shows it. It is shown only once,
 * because it takes the focus, and a page that is opened a moment later is about something else. Returns null
 * if the request for this path has no notice. Pages cannot set cookies, so the proxy (proxy.ts) does it.
 */
export function endThermostatNotice(path: string, hasCookie: (name: string) => boolean): string | null {
  return path === "/account" && hasCookie(cookie())
    ? `${cookie()}=; Path=/account; Max-Age=0; HttpOnly; SameSite=Lax`
    : null;
}

/** Returns the notice for the page that is being rendered, or null if the notice is missing or forged. */
export async function findThermostatNotice(): Promise<ThermostatNotice | null> {
  const sealed = (await cookies()).get(cookie())?.value;
  const notice = sealed ? decryptOrNull(sealed, CONTEXT) : null;
  return notice === null ? null : (JSON.parse(notice, revive) as ThermostatNotice);
}

/** Restores `until`, the only date here, because JSON has no dates. */
function revive(key: string, value: unknown): unknown {
  return key === "until" && typeof value === "string" ? new Date(value) : value;
}

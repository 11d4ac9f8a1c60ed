import { cookies } from "next/headers";

import type { BegunRequest } from "#lib/connect/flows/begun-request.ts";
import { NOTICE_LIFETIME_SECONDS, type LeavingOutcome } from "#lib/connect/disconnecting/describe-leaving.ts";
import { cookieName } from "#lib/cookie-name.ts";
import { decryptOrNull, encrypt } from "#lib/crypto/encrypt.ts";
import { env } from "#lib/env.ts";

/**
 * Encryption context of the notice that carries the result of a step to the next page. The notice is in a
 * cookie, so that the page's URL says nothing about the result.
 */
const CONTEXT = "account-notice";
const cookie = () => cookieName("connect", "notice");
/** The pages that show the notice. */
const PATHS = ["/", "/account"];

/** The result of a step that led to the start page or to the account page. */
export type AccountNotice =
  | { about: "connected"; request: BegunRequest }
  | { about: "denied" }
  | { about: "disconnected" | "deleted"; outcome: LeavingOutcome }
  | { about: "last_administrator" };

const attributes = () => `; Path=/; HttpOnly; SameSite=Lax${env().isHttps ? "; Secure" : ""}`;

/**
 * Returns the `Set-Cookie` value that carries the notice to the next page, just long enough for a redirect.
 */
export function sealAccountNotice(notice: AccountNotice): string {
  return `${cookie()}=${encrypt(JSON.stringify(notice), CONTEXT)}; Max-Age=${NOTICE_LIFETIME_SECONDS}${attributes()}`;
}

/**
 * Returns the `Set-Cookie` value that deletes the notice with the page that shows it, so that it is shown
 * once. Returns null if the request for this path has no notice. Pages cannot set cookies, so the proxy
 * (proxy.ts) does it.
 */
export function endAccountNotice(path: string, hasCookie: (name: string) => boolean): string | null {
  return PATHS.includes(path) && hasCookie(cookie()) ? `${cookie()}=; Max-Age=0${attributes()}` : null;
}

/** Returns the notice for the page that is being rendered, or null if the notice is missing or forged. */
export async function findAccountNotice(): Promise<AccountNotice | null> {
  const sealed = (await cookies()).get(cookie())?.value;
  const notice = sealed ? decryptOrNull(sealed, CONTEXT) : null;
  return notice === null ? null : (JSON.parse(notice) as AccountNotice);
}

import { cookies } from "next/headers";

import type { BegunRequest } from "#lib/connect/begun-request.ts";
import type { LeavingOutcome } from "#lib/connect/leaving/describe-leaving.ts";
import { cookieName } from "#lib/cookie-name.ts";
import { decryptOrNull, encrypt } from "#lib/crypto/encrypt.ts";
import { env } from "#lib/env.ts";

/**
 * Carries what came of a step to the page that follows, so that the address of the page says nothing about
 * it.
 */
const CONTEXT = "account-notice";
const cookie = () => cookieName("connect", "notice");
const LIFETIME_SECONDS = 60;
/** The pages that show it. */
const PATHS = ["/", "/account"];

/** What came of a step that led to the start page or to the account page. */
export type AccountNotice =
  | { about: "connected"; request: BegunRequest }
  | { about: "denied" }
  | { about: "disconnected" | "deleted"; outcome: LeavingOutcome }
  | { about: "last_administrator" };

const attributes = () => `; Path=/; HttpOnly; SameSite=Lax${env().isHttps ? "; Secure" : ""}`;

/** The `Set-Cookie` value that brings the notice to the next page, for as long as a redirect takes. */
export function sealAccountNotice(notice: AccountNotice): string {
  return `${cookie()}=${encrypt(JSON.stringify(notice), CONTEXT)}; Max-Age=${LIFETIME_SECONDS}${attributes()}`;
}

/**
 * The `Set-Cookie` value that goes with the page which shows the notice, so that it is shown once. Null where
 * the request for that path brings none. Pages cannot set cookies: the proxy does.
 */
export function endAccountNotice(path: string, hasCookie: (name: string) => boolean): string | null {
  return PATHS.includes(path) && hasCookie(cookie()) ? `${cookie()}=; Max-Age=0${attributes()}` : null;
}

/** Returns the notice for the page that is being rendered, or null for none or for a forged one. */
export async function findAccountNotice(): Promise<AccountNotice | null> {
  const sealed = (await cookies()).get(cookie())?.value;
  const notice = sealed ? decryptOrNull(sealed, CONTEXT) : null;
  return notice === null ? null : (JSON.parse(notice) as AccountNotice);
}

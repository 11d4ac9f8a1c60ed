import { decrypt, encrypt } from "#lib/crypto/encrypt.ts";
import { env } from "#lib/env.ts";
import type { SignInRefusal } from "#lib/legrand/accounts/sign-in.ts";
import { interactionPath } from "#lib/legrand/interactions/interaction-post.ts";

/** Cookie that carries the outcome of a failed sign-in to the page that follows; nothing of it stands in the address. */
export const SIGN_IN_NOTICE_COOKIE = "legrand.sign-in-notice";
const CONTEXT = "sign-in-notice";
const LIFETIME_SECONDS = 60;

/** The `Set-Cookie` value that brings the notice to the page of that interaction, for a minute. */
export function sealSignInNotice(uid: string, notice: SignInRefusal): string {
  const value = encrypt(JSON.stringify(notice), CONTEXT);
  return `${SIGN_IN_NOTICE_COOKIE}=${value}; Path=${interactionPath(uid)}; Max-Age=${LIFETIME_SECONDS}; HttpOnly; SameSite=Lax${env().isHttps ? "; Secure" : ""}`;
}

/** The notice in that cookie value, or null for none or for a forged one. */
export function openSignInNotice(value: string | undefined): SignInRefusal | null {
  try {
    return value ? (JSON.parse(decrypt(value, CONTEXT)) as SignInRefusal) : null;
  } catch {
    return null;
  }
}

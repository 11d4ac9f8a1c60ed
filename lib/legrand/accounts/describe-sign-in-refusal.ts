import type { SignInRefusal } from "#lib/legrand/accounts/sign-in.ts";

/** The notice of the sign-in page after a failed attempt: what happened, and what to do. */
export type SignInRefusalNotice = { tone: "error"; title: string; message: string; typed: { email: string } };

/**
 * Returns the notice for a failed attempt. A wrong password, an unknown address and an address with an
 * unconfirmed sign-up all get the same text.
 */
export function describeSignInRefusal(refusal: SignInRefusal): SignInRefusalNotice {
  return { tone: "error", ...inSentences(refusal), typed: { email: refusal.email } };
}

function inSentences(refusal: SignInRefusal): { title: string; message: string } {
  switch (refusal.reason) {
    case "too_many_attempts":
      return {
        title: "Too many attempts",
        message: `Signing in is paused after too many failed attempts. Try again in ${inWords(refusal.retryAfterSeconds)}. If you cannot wait, set a new password: then you can sign in with that browser at once.`,
      };
    case "invalid":
      return { title: "There is a problem", message: refusal.message };
    case "wrong_password":
      return {
        title: "There is a problem",
        message: "The e-mail address or the password is not right. Check both and try again.",
      };
  }
}

/** Returns a waiting time in words, rounded up. */
export function inWords(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}

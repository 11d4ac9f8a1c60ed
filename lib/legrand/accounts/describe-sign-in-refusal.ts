import type { SignInRefusal } from "#lib/legrand/accounts/sign-in.ts";

/** What the sign-in page says after a failed attempt, as its notice: what happened, and what to do. */
export type SignInRefusalNotice = { tone: "error"; title: string; message: string; typed: { email: string; sign_up?: string } };

/** The notice for a failed attempt. `typed.sign_up` names the sign-up whose mail can be sent again. */
export function describeSignInRefusal(refusal: SignInRefusal): SignInRefusalNotice {
  const typed = { email: refusal.email, ...(refusal.reason === "unconfirmed" ? { sign_up: refusal.signUpDigest } : {}) };
  return { tone: "error", ...inSentences(refusal), typed };
}

function inSentences(refusal: SignInRefusal): { title: string; message: string } {
  switch (refusal.reason) {
    case "too_many_attempts":
      return { title: "Too many attempts", message: `Signing in is paused after too many failed attempts. Try again in ${inWords(refusal.retryAfterSeconds)}.` };
    case "unconfirmed":
      return { title: "Confirm your e-mail address first", message: "Follow the link in the mail that we sent you, then sign in." };
    case "invalid":
      return { title: "There is a problem", message: refusal.message };
    case "wrong_password":
      return { title: "There is a problem", message: "The e-mail address or the password is not right. Check both and try again." };
  }
}

/** A waiting time in words, rounded up. */
export function inWords(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}

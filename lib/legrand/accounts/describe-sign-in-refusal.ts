import type { SignInRefusal } from "#lib/legrand/accounts/sign-in.ts";

/** What the sign-in page says after a failed attempt: what happened, and what to do. */
export function describeSignInRefusal(refusal: SignInRefusal): { title: string; message: string } {
  if (refusal.reason === "too_many_attempts") {
    return { title: "Too many attempts", message: `Signing in is paused after too many failed attempts. Try again in ${inWords(refusal.retryAfterSeconds)}.` };
  }
  if (refusal.reason === "invalid") return { title: "There is a problem", message: refusal.message };
  return { title: "There is a problem", message: "The e-mail address or the password is not right. Check both and try again." };
}

/** A waiting time in words, rounded up. */
export function inWords(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}

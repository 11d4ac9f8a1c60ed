import { inWords } from "#lib/legrand/accounts/describe-sign-in-refusal.ts";

/** Returns the message for a page that would have sent one mail too many. */
export function tooManyMails(retryAfterSeconds: number): { title: string; message: string } {
  return {
    title: "Too many mails",
    message: `Too many mails were asked for. Try again in ${inWords(retryAfterSeconds)}.`,
  };
}

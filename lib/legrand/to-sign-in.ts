import { seeOther } from "#lib/http/form-post.ts";
import { sealFormNotice, type FormNotice } from "#lib/legrand/form-notice.ts";
import { isInteractionPath } from "#lib/legrand/return-to.ts";
import { signInPath } from "#lib/legrand/session.ts";

/** The answer that leads to the sign-in page, with what it says there, and from it on to `returnTo`. */
export function toSignIn(returnTo: string, notice: FormNotice): Response {
  return withNotice(signInPath(returnTo), notice);
}

/**
 * The same at the end of a link in a mail, which may have been opened in another browser than the one that is connecting. Only
 * below an interaction's own path does a browser show the cookie that tells: the answer leads there first.
 */
export function toSignInAfterMail(returnTo: string, notice: FormNotice): Response {
  return isInteractionPath(returnTo) ? withNotice(afterMailPath(returnTo), notice) : toSignIn(returnTo, notice);
}

/** Where a browser shows whether the interaction of that path is its own. */
export const afterMailPath = (interactionPath: string) => `${interactionPath}/after-mail`;

function withNotice(address: string, notice: FormNotice): Response {
  return seeOther(address, sealFormNotice(address.split("?")[0]!, notice));
}

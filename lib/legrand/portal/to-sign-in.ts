import { seeOther } from "#lib/http/form-post.ts";
import { formNotice, type FormNotice } from "#lib/legrand/portal/form-notice.ts";
import { isInteractionPath } from "#lib/legrand/portal/return-to.ts";
import { signInPath } from "#lib/legrand/portal/session.ts";

/**
 * Redirects to the sign-in page, which shows the notice and leads on to `returnTo`. `cookies` are further
 * `Set-Cookie` values.
 */
export function toSignIn(returnTo: string, notice: FormNotice, ...cookies: string[]): Response {
  return withNotice(signInPath(returnTo), notice, cookies);
}

/**
 * Like `toSignIn`, for the end of a link in a mail, which may have been opened in another browser than the
 * one that is connecting. A browser sends the cookie that shows this only below the interaction's own path,
 * so the redirect goes there first.
 */
export function toSignInAfterMail(returnTo: string, notice: FormNotice, ...cookies: string[]): Response {
  return isInteractionPath(returnTo)
    ? withNotice(afterMailPath(returnTo), notice, cookies)
    : toSignIn(returnTo, notice, ...cookies);
}

/** Returns the path at which a browser shows whether the interaction of that path is its own. */
export const afterMailPath = (interactionPath: string) => `${interactionPath}/after-mail`;

function withNotice(address: string, notice: FormNotice, cookies: string[]): Response {
  return seeOther(address, ...cookies, formNotice(address.split("?")[0]!).seal(notice));
}

import { seeOther } from "#lib/http/form-post.ts";
import { sealFormNotice, type FormNotice } from "#lib/legrand/form-notice.ts";
import { describeInteraction } from "#lib/legrand/interactions/describe-interaction.ts";
import { isInteractionPath, PORTAL } from "#lib/legrand/return-to.ts";
import { signInPath } from "#lib/legrand/session.ts";

/** The answer that leads to the sign-in page, with what it says there, and from it on to `returnTo`. */
export function toSignIn(returnTo: string, notice: FormNotice): Response {
  const address = signInPath(returnTo);
  return seeOther(address, sealFormNotice(address.split("?")[0]!, notice));
}

/**
 * The same at the end of a link in a mail, which may have been opened in another browser than the one that is connecting: only
 * that one goes back to its interaction.
 */
export async function toSignInAfterMail(returnTo: string, headers: Headers, notice: FormNotice): Promise<Response> {
  const uid = isInteractionPath(returnTo) ? decodeURIComponent(returnTo.split("/").at(-1)!) : null;
  const isLost = uid !== null && (await describeInteraction(uid, headers)).state !== "sign-in";
  return toSignIn(isLost ? PORTAL : returnTo, notice);
}

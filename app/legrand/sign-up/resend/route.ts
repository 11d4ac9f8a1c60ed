import { clientNetwork } from "#lib/http/client-address.ts";
import { formPost, seeOther } from "#lib/http/form-post.ts";
import { tooManyMails } from "#lib/legrand/accounts/too-many-mails.ts";
import { sealFormNotice } from "#lib/legrand/form-notice.ts";
import { parseReturnTo } from "#lib/legrand/return-to.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";
import { resendConfirmation } from "#lib/legrand/sign-up/resend-confirmation.ts";
import { toSignIn } from "#lib/legrand/to-sign-in.ts";

const NEXT = "/legrand/sign-up/check-mail";

export const POST = sandboxRoute(formPost(async (form, headers) => {
  const returnTo = parseReturnTo(form.get("return_to"));
  const outcome = await resendConfirmation(form.get("sign_up") ?? "", clientNetwork(headers), returnTo);
  if (outcome.ok) return seeOther(NEXT, sealFormNotice(NEXT, { tone: "success", typed: { email: outcome.email } }));
  if (outcome.reason === "too_many") return toSignIn(returnTo, { tone: "error", ...tooManyMails(outcome.retryAfterSeconds) });
  return toSignIn(returnTo, { tone: "error", message: "This sign-up is confirmed already, or has expired. Sign in, or create the account again." });
}));

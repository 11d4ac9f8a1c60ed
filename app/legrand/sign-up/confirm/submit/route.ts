import { digest } from "#lib/crypto/digest.ts";
import { formPost } from "#lib/http/form-post.ts";
import { parseReturnTo } from "#lib/legrand/return-to.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";
import { confirmSignUp } from "#lib/legrand/sign-up/store.ts";
import { toSignInAfterMail } from "#lib/legrand/to-sign-in.ts";

export const POST = sandboxRoute(formPost(async (form) => {
  const email = await confirmSignUp(digest(form.get("token") ?? ""));
  // Without a token the page says that the link has expired.
  if (!email) return "/legrand/sign-up/confirm";
  return toSignInAfterMail(parseReturnTo(form.get("return_to")), {
    tone: "success", message: "Your e-mail address is confirmed. Sign in.", typed: { email },
  });
}));

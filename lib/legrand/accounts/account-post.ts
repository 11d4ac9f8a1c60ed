import { answerInvalid } from "#lib/http/form-post.ts";
import { isSandboxAccount } from "#lib/legrand/accounts/sandbox-accounts.ts";
import { portalPost, type PortalPost } from "#lib/legrand/portal-post.ts";

/**
 * A route handler for a form that changes the signed-in account itself. The sandbox accounts, which belong to
 * everybody, are shown no such form, and are refused.
 */
export function accountPost(work: (post: PortalPost) => Promise<string | Response>) {
  return portalPost(async (post) =>
    isSandboxAccount(post.account.email)
      ? answerInvalid(
          409,
          "This is a sandbox account, which all users of the sandbox share. It cannot be changed. Nothing was changed.",
        )
      : work(post),
  );
}

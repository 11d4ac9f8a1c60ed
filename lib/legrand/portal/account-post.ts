import { answerInvalid } from "#lib/http/form-post.ts";
import { isSandboxAccount } from "#lib/legrand/accounts/sandbox-accounts.ts";
import { portalPost, type PortalPost } from "#lib/legrand/portal/portal-post.ts";

/**
 * Creates a route handler for a form that changes the signed-in account itself. It refuses the sandbox
 * accounts, which all users of the sandbox share and which are never shown such a form.
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

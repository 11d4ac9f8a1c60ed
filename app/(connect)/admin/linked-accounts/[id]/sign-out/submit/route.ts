import { linkedAccountPost } from "#lib/connect/admin/actions/linked-account-post.ts";
import { accountHref } from "#lib/connect/admin/accounts/account-href.ts";
import { signOutEverywhere } from "#lib/connect/admin/actions/sign-out.store.ts";

export const POST = linkedAccountPost("user.sign_out", async (admin, { origin, id }) => {
  const ended = await signOutEverywhere(admin, id, origin);
  // Administrators who signed themselves out can no longer see the account's page.
  return ended?.userId === admin.userId ? "/" : accountHref(id, origin.requestId);
});

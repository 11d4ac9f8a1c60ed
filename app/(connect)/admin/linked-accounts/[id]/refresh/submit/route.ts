import { linkedAccountPost } from "#lib/connect/admin/actions/linked-account-post.ts";
import { accountHref } from "#lib/connect/admin/accounts/account-href.ts";
import { refreshLinkedAccount } from "#lib/connect/admin/actions/refresh-linked-account.ts";

export const POST = linkedAccountPost("linked_account.refresh", async (admin, { origin, id }) => {
  await refreshLinkedAccount(admin, id, origin);
  return accountHref(id, origin.requestId);
});

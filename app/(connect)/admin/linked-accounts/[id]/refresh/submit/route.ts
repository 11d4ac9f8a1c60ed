import { accountPost } from "#lib/connect/admin/linked-account/account-post.ts";
import { accountHref } from "#lib/connect/admin/linked-account/account-href.ts";
import { refreshLinkedAccount } from "#lib/connect/admin/refresh/refresh-linked-account.ts";

export const POST = accountPost("linked_account.refresh", async (admin, { origin, id }) => {
  await refreshLinkedAccount(admin, id, origin);
  return accountHref(id, origin.requestId);
});

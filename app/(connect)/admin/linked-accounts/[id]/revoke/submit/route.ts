import { linkedAccountPost } from "#lib/connect/admin/actions/linked-account-post.ts";
import { accountHref } from "#lib/connect/admin/accounts/account-href.ts";
import { reasonNotice } from "#lib/connect/admin/actions/reason-notice.ts";
import { reasonSchema } from "#lib/connect/admin/actions/reason-schema.ts";
import { revokeLinkedAccount } from "#lib/connect/admin/actions/revoke-linked-account.ts";
import { seeOther } from "#lib/http/form-post.ts";

export const POST = linkedAccountPost("linked_account.revoke", async (admin, { form, origin, id }) => {
  const reason = reasonSchema.safeParse(form.get("reason"));
  if (!reason.success) {
    const question = `${accountHref(id)}/revoke`;
    return seeOther(
      question,
      reasonNotice(question).seal({
        typed: form.get("reason") ?? "",
        message: reason.error.issues[0]!.message,
      }),
    );
  }
  await revokeLinkedAccount({ accountId: id, reason: reason.data, origin, holder: admin });
  return accountHref(id, origin.requestId);
});

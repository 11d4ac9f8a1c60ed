import { adminPost } from "#lib/connect/admin/admin-post.ts";
import { parseRole } from "#lib/connect/admin/roles/role-constants.ts";
import { changeRole } from "#lib/connect/admin/roles/store.ts";
import { answerInvalid } from "#lib/http/form-post.ts";
import { isUuid } from "#lib/is-uuid.ts";

type Context = { params: Promise<{ userId: string }> };

export const POST = adminPost<Context>("user.role", async (holder, { form, origin }, { params }) => {
  const { userId } = await params;
  const [word, ...others] = form.getAll("role");
  const role = others.length ? undefined : parseRole(word);
  if (!isUuid(userId)) return answerInvalid(404, "Person not found.");
  if (role === undefined)
    return answerInvalid(400, "A role is administrator, auditor or none. Nothing was changed.");
  const outcome = await changeRole({ userId, role, holder, origin });
  return `/admin/roles?${new URLSearchParams(outcome.ok ? { changed: userId } : { refused: outcome.reason })}`;
});

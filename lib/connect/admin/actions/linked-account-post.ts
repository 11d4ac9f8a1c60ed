import { adminPost, type AdminRequest } from "#lib/connect/admin/admin-post.ts";
import type { Administrator } from "#lib/connect/users/admin-user.ts";
import type { AuditAction } from "#lib/connect/audit/audit-entry.ts";
import { answerInvalid } from "#lib/http/form-post.ts";
import { isUuid } from "#lib/is-uuid.ts";

type Context = { params: Promise<{ id: string }> };

/** Like `adminPost`, for a form about the linked account in the URL. Answers 404 if the id is not a UUID. */
export function linkedAccountPost(
  action: AuditAction,
  work: (admin: Administrator, request: AdminRequest & { id: string }) => Promise<string | Response>,
) {
  return adminPost<Context>(action, async (admin, request, { params }) => {
    const { id } = await params;
    return isUuid(id) ? work(admin, { ...request, id }) : answerInvalid(404, "Linked account not found.");
  });
}

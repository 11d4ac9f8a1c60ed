import { adminPost } from "#lib/connect/admin/admin-post.ts";
import { findBulkRevocation, stopBulkRevocation } from "#lib/connect/admin/actions/bulk.store.ts";
import { answerInvalid } from "#lib/http/form-post.ts";
import { isUuid } from "#lib/is-uuid.ts";

type Context = { params: Promise<{ id: string }> };

export const POST = adminPost<Context>("bulk_revocation.stop", async (admin, { origin }, { params }) => {
  const { id } = await params;
  if (!isUuid(id) || !(await findBulkRevocation(admin, id)))
    return answerInvalid(404, "Bulk revocation not found.");
  // If it has already ended, its page says so.
  await stopBulkRevocation(admin, origin, id);
  return `/admin/bulk-revocations/${id}`;
});

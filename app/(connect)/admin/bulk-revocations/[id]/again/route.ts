import { adminPost } from "#lib/connect/admin/admin-post.ts";
import { findBulkRevocation } from "#lib/connect/admin/actions/bulk.store.ts";
import { startBulkRevocation } from "#lib/connect/admin/actions/start-bulk.store.ts";
import { beginBulkRevocations } from "#lib/connect/admin/actions/work-on-bulk-revocations.ts";
import { answerInvalid } from "#lib/http/form-post.ts";
import { isUuid } from "#lib/is-uuid.ts";

type Context = { params: Promise<{ id: string }> };

export const POST = adminPost<Context>(
  "bulk_revocation.start",
  async (admin, { form, origin }, { params }) => {
    const [{ id: bulkId }, id] = [await params, form.get("job")];
    const bulk = isUuid(bulkId) ? await findBulkRevocation(admin, bulkId) : null;
    if (!bulk) return answerInvalid(404, "Bulk revocation not found.");
    if (!isUuid(id))
      return answerInvalid(400, "This is not the form of a bulk revocation. Nothing was changed.");
    const started = await startBulkRevocation({
      id,
      admin,
      origin,
      reason: bulk.reason,
      selection: { kind: "failed", bulkId },
      words: `failed ones of “${bulk.selection}”`,
      confirmed: null,
    });
    if (!started.ok) return `/admin/bulk-revocations/${bulkId}?again=none`;
    beginBulkRevocations();
    return `/admin/bulk-revocations/${id}`;
  },
);

import { answerInvalid } from "#lib/http/form-post.ts";
import { deleteDraft } from "#lib/legrand/editing/draft.store.ts";
import { portalPost } from "#lib/legrand/portal/portal-post.ts";

export const POST = portalPost<{ draftId: string }>(async ({ account, params }) =>
  (await deleteDraft(account, params.draftId))
    ? "/legrand/applications"
    : answerInvalid(404, "Draft not found."),
);

import { answerInvalid } from "#lib/http/form-post.ts";
import { autosave } from "#lib/legrand/drafts/autosave.ts";
import { parseFormStep } from "#lib/legrand/drafts/draft-schema.ts";
import { portalPost } from "#lib/legrand/portal-post.ts";

export const POST = portalPost<{ step: string }>(async ({ account, form, params }) => {
  const step = parseFormStep(params.step);
  return step ? autosave(account, step, form) : answerInvalid(404, "Step not found.");
});

import { answerInvalid } from "#lib/http/form-post.ts";
import { autosave } from "#lib/legrand/editing/autosave.ts";
import { parseFormStep } from "#lib/legrand/editing/draft-schema.ts";
import { portalPost } from "#lib/legrand/portal/portal-post.ts";

export const POST = portalPost<{ step: string }>(async ({ account, form, params }) => {
  const step = parseFormStep(params.step);
  return step ? autosave(account, step, form) : answerInvalid(404, "Step not found.");
});

import { answerInvalid } from "#lib/http/form-post.ts";
import { readUpload } from "#lib/http/read-upload.ts";
import { parseStep } from "#lib/legrand/editing/draft-schema.ts";
import { submitStep } from "#lib/legrand/editing/submit-step.ts";
import { LOGO_MAX_BYTES } from "#lib/legrand/logos/logo-constants.ts";
import { uploadPost } from "#lib/legrand/portal/portal-post.ts";
import { submitReview } from "#lib/legrand/editing/submit-review.ts";

export const POST = uploadPost<{ step: string }>(async (account, request, params) => {
  const step = parseStep(params.step);
  if (!step) return answerInvalid(404, "Step not found.");
  const { form, file, size } = await readUpload(request, "logo", LOGO_MAX_BYTES);
  return step === "review" ? submitReview(account, form) : submitStep(account, { step, form, file, size });
});

import { answerInvalid } from "#lib/http/form-post.ts";
import { readUpload } from "#lib/http/read-upload.ts";
import { findOwned } from "#lib/legrand/applications/owned.ts";
import { parseEditStep } from "#lib/legrand/editing/edit-step-schema.ts";
import { submitEdit } from "#lib/legrand/editing/submit-edit.ts";
import { LOGO_MAX_BYTES } from "#lib/legrand/logos/logo-constants.ts";
import { uploadPost } from "#lib/legrand/portal/portal-post.ts";

export const POST = uploadPost<{ clientId: string; step: string }>(async (account, request, params) => {
  const application = await findOwned(account, params.clientId);
  const step = parseEditStep(params.step);
  if (!application || !step) return answerInvalid(404, "Application not found.");
  const sent = await readUpload(request, "logo", LOGO_MAX_BYTES);
  return submitEdit(application, account, { step, ...sent });
});

import { adminPost } from "#lib/connect/admin/admin-post.ts";
import {
  QUESTION_PATH,
  questionHref,
  submitBulkRevocation,
} from "#lib/connect/admin/actions/submit-bulk-revocation.ts";
import { beginBulkRevocations } from "#lib/connect/admin/actions/work-on-bulk-revocations.ts";
import { reasonNotice } from "#lib/connect/admin/actions/reason-notice.ts";
import { answerInvalid, seeOther } from "#lib/http/form-post.ts";

export const POST = adminPost("bulk_revocation.start", async (admin, { form, origin }) => {
  const submitted = await submitBulkRevocation(admin, origin, form);
  if (submitted.ok) {
    beginBulkRevocations();
    return `/admin/bulk-revocations/${submitted.id}`;
  }
  if ("sentence" in submitted) return answerInvalid(400, submitted.sentence);
  const { problems, selection } = submitted;
  const message = problems.find(({ problem }) => problem === "reason")?.message ?? "";
  const others = problems.map(({ problem }) => problem).filter((problem) => problem !== "reason");
  return seeOther(
    questionHref(selection, others),
    reasonNotice(QUESTION_PATH).seal({ typed: form.get("reason") ?? "", message }),
  );
});

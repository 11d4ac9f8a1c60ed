import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { OutcomeNotice } from "#components/ui/outcome-notice.tsx";
import type { FormNotice } from "#lib/legrand/portal/form-notice.ts";

/** Shows the result of the previous form: success, or the errors with a link to each field. */
export function NoticeSummary({ notice }: { notice: FormNotice | null }) {
  if (!notice) return null;
  if (notice.tone === "success")
    return notice.message && <OutcomeNotice tone="success">{notice.message}</OutcomeNotice>;
  const ofFields = Object.entries(notice.fieldErrors ?? {}).map(([name, message]) => ({
    message,
    href: `#${name}`,
  }));
  const errors = [...(notice.message ? [{ message: notice.message }] : []), ...ofFields];
  return errors.length > 0 && <ErrorSummary title={notice.title ?? "There is a problem"} errors={errors} />;
}

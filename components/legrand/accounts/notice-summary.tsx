import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { FormNotice } from "#lib/legrand/form-notice.ts";

/** What came of the form before: done, or what is wrong with which field. Only with the fields that this form has, if they are named. */
export function NoticeSummary({ notice, fields }: { notice: FormNotice | null; fields?: string[] }) {
  if (!notice) return null;
  if (notice.tone === "success") return notice.message && <div role="status"><Notice tone="success">{notice.message}</Notice></div>;
  const wrong = Object.entries(notice.fieldErrors ?? {}).filter(([name]) => !fields || fields.includes(name));
  const errors = [...(notice.message ? [{ message: notice.message }] : []), ...wrong.map(([name, message]) => ({ message, href: `#${name}` }))];
  return errors.length > 0 && <ErrorSummary title={notice.title ?? "There is a problem"} errors={errors} />;
}

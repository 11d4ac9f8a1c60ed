import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { Notice } from "#components/ui/notice.tsx";

type NoticePlateProps = { notice: { tone: "success" | "error"; message?: string; fieldErrors?: Record<string, string> } | null };

/** What came of the form that was sent before: done, or what to mend. */
export function NoticePlate({ notice }: NoticePlateProps) {
  if (!notice) return null;
  if (notice.tone === "success") return <Notice tone="success"><p role="status">{notice.message}</p></Notice>;
  const ofFields = Object.entries(notice.fieldErrors ?? {}).map(([field, message]) => ({ message, href: `#${field}` }));
  return <ErrorSummary title="There is a problem" errors={[...(notice.message ? [{ message: notice.message }] : []), ...ofFields]} />;
}

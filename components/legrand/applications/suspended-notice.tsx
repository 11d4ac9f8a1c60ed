import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

type SuspendedNoticeProps = {
  application: { clientId: string; suspendedAt: Date | null };
  /** True right after it was suspended. Then the notice takes the focus, and is announced. */
  isNew?: boolean;
  now: Date;
};

/** Says that an application is suspended and what that means, and resumes it. Empty for an active one. */
export function SuspendedNotice({ application, isNew, now }: SuspendedNoticeProps) {
  const { clientId, suspendedAt } = application;
  if (!suspendedAt) return null;
  return (
    <Notice tone="warning">
      <form
        method="post"
        action={`/legrand/applications/${clientId}/resume`}
        className="flex flex-wrap items-center justify-between gap-x-5 gap-y-3"
      >
        <p
          className="min-w-0 flex-1 basis-64 outline-none"
          {...(isNew && { role: "status", tabIndex: -1, autoFocus: true })}
        >
          Suspended <RelativeTime at={suspendedAt} now={now} />. Authorization requests, token requests and
          API calls are refused until you resume it. People do not have to grant access again.
        </p>
        <Button variant="secondary">Resume</Button>
      </form>
    </Notice>
  );
}

import { ATTEMPT_STEP_WORDS } from "#components/legrand/request-log/attempt-words.ts";
import { Plate } from "#components/ui/plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ReasonGroup } from "#lib/legrand/request-log/listed-attempt.ts";
import { describeReason } from "#lib/legrand/request-log/reason-constants.ts";

/** Shows what goes wrong and how often, the most recent first. Each line leads to its attempts. */
export function ReasonGroups({ groups, path, now }: { groups: ReasonGroup[]; path: string; now: Date }) {
  return (
    <section className="grid grid-cols-1 gap-3">
      <h2 className="text-md">What goes wrong</h2>
      <Plate>
        <ul className="divide-y divide-border">
          {groups.map(({ step, reason, requests, lastAt }) => (
            <li
              key={`${step} ${reason}`}
              className="grid grid-cols-1 gap-x-4 px-5 py-2.5 sm:grid-cols-[minmax(0,1fr)_auto]"
            >
              <p className="min-w-0">
                {requests.toLocaleString("en")} ×{" "}
                <a
                  href={`${path}?${new URLSearchParams({ step, reason })}`}
                  className="inline-block min-h-6 font-medium pointer-coarse:min-h-11 pointer-coarse:content-center"
                >
                  {describeReason(reason).title}
                </a>{" "}
                <span className="text-ink-muted">({ATTEMPT_STEP_WORDS[step].toLowerCase()})</span>
              </p>
              <p className="text-sm text-ink-muted">
                last <RelativeTime at={lastAt} now={now} />
              </p>
            </li>
          ))}
        </ul>
      </Plate>
    </section>
  );
}

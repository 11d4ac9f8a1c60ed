import { AttemptDetails } from "#components/legrand/request-log/attempt-details.tsx";
import { ATTEMPT_OUTCOME_WORDS, ATTEMPT_STEP_WORDS } from "#components/legrand/request-log/attempt-words.ts";
import { Plate } from "#components/ui/plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Status } from "#components/ui/status.tsx";
import type { ListedAttempt } from "#lib/legrand/request-log/listed-attempt.ts";
import { describeReason } from "#lib/legrand/request-log/reason-constants.ts";

type AttemptListProps = {
  attempts: ListedAttempt[];
  /** The path of the page, to which the link of a journey leads. */
  path: string;
  /** True if every attempt is of one journey, so that none leads to it. */
  isJourney: boolean;
  /** True for the result of a look-up, which is open at first. */
  isOpen: boolean;
  now: Date;
};

/** Lists requests. Each opens to its parameters, its answer, and what to do. */
export function AttemptList({ attempts, path, isJourney, isOpen, now }: AttemptListProps) {
  return (
    <Plate>
      <ol aria-label="Attempts" className="divide-y divide-border">
        {attempts.map((attempt) => (
          <li key={attempt.id}>
            <details open={isOpen}>
              <summary className="cursor-pointer px-5 py-3 hover:bg-sunken">
                <Headline attempt={attempt} now={now} />
              </summary>
              <AttemptDetails attempt={attempt} path={isJourney ? null : path} />
            </details>
          </li>
        ))}
      </ol>
    </Plate>
  );
}

function Headline({ attempt, now }: { attempt: ListedAttempt; now: Date }) {
  const { step, outcome, reason, at, requests, operation } = attempt;
  const { word, tone } = ATTEMPT_OUTCOME_WORDS[outcome];
  return (
    <span className="inline-grid w-[calc(100%-1.5rem)] grid-cols-1 gap-x-4 gap-y-0.5 align-top sm:grid-cols-[11rem_minmax(0,1fr)_auto]">
      <span className="font-medium">{ATTEMPT_STEP_WORDS[step]}</span>
      <span className="min-w-0 wrap-anywhere">
        <Status tone={tone}>{reason ? describeReason(reason).title : word}</Status>
        {operation && <code className="block text-xs text-ink-muted">{operation}</code>}
        {requests > 1 && (
          <span className="block text-sm text-ink-muted">
            {requests.toLocaleString("en")} requests within a second, counted together
          </span>
        )}
      </span>
      <span className="text-sm text-ink-muted sm:text-right">
        <RelativeTime at={at} now={now} />
      </span>
    </span>
  );
}

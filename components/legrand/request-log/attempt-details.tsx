import { ATTEMPT_OUTCOME_WORDS } from "#components/legrand/request-log/attempt-words.ts";
import type { ListedAttempt } from "#lib/legrand/request-log/listed-attempt.ts";
import { describeReason } from "#lib/legrand/request-log/reason-constants.ts";

type AttemptDetailsProps = {
  attempt: ListedAttempt;
  /** The path of the page if a link leads to the journey, otherwise null. */
  path: string | null;
};

/** Shows one request: what to do about it, its parameters as they were stored, and its answer. */
export function AttemptDetails({ attempt, path }: AttemptDetailsProps) {
  const { reason, parameters, journey } = attempt;
  return (
    <div className="grid grid-cols-1 gap-4 px-5 pt-1 pb-5 text-sm">
      {reason && <WhatToDo reason={reason} />}
      <Facts rows={factsOf(attempt)} />
      {parameters.length > 0 && (
        <section className="grid grid-cols-1 gap-2">
          <h3 className="font-medium">What arrived</h3>
          <Facts
            isCode
            rows={parameters.map((one) => [
              one.name,
              "value" in one
                ? one.value
                : `(${one.length.toLocaleString("en")} ${one.length === 1 ? "character" : "characters"}, not stored)`,
            ])}
          />
        </section>
      )}
      {path && journey && (
        <p>
          <a href={`${path}?journey=${journey}`} className="inline-block min-h-6 pointer-coarse:min-h-11">
            Follow this journey
          </a>
        </p>
      )}
    </div>
  );
}

function WhatToDo({ reason }: { reason: string }) {
  const { advice, source } = describeReason(reason);
  return (
    <p className="max-w-text rounded-control bg-warning-soft px-3.5 py-2.5 text-warning">
      {advice} <span className="whitespace-nowrap">({source})</span>
    </p>
  );
}

function factsOf(attempt: ListedAttempt): [string, string][] {
  const { outcome, status, durationMs, secretEnding, pseudonym, requestId, reference, at } = attempt;
  return [
    ["Answer", `${ATTEMPT_OUTCOME_WORDS[outcome].word}, HTTP ${status}, after ${durationMs} ms`],
    ["Time", at.toISOString()],
    ...(secretEnding ? [["Client secret", `ends in ${secretEnding}`] as [string, string]] : []),
    ...(pseudonym ? [["Account", pseudonym] as [string, string]] : []),
    ["Reference", `${reference}, request ${requestId}`],
  ];
}

/** Parameters may repeat, so the position is a part of the key. */
function Facts({ rows, isCode = false }: { rows: [string, string][]; isCode?: boolean }) {
  return (
    <dl className="grid grid-cols-1 gap-1.5">
      {rows.map(([term, value], index) => (
        <div key={`${index} ${term}`} className="grid grid-cols-1 gap-x-4 sm:grid-cols-[11rem_minmax(0,1fr)]">
          <dt className={`wrap-anywhere text-ink-muted ${isCode ? "font-mono" : ""}`}>{term}</dt>
          <dd className={`min-w-0 wrap-anywhere ${isCode ? "font-mono" : ""}`}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

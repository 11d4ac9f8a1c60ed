import { BodyDetails } from "#components/legrand/apis/body-details.tsx";
import { StatusTag } from "#components/legrand/apis/status-tag.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Plate } from "#components/ui/plate.tsx";
import type { DescribedAnswer } from "#lib/legrand/openapi/describe-operation.ts";

/** Shows every documented answer of the operation. The first one is open. */
export function AnswersPlate({ answers }: { answers: DescribedAnswer[] }) {
  return (
    <Plate as="section" aria-labelledby="answers-title">
      <h2 id="answers-title" className="border-b border-border px-5 py-4 text-md">
        Answers
      </h2>
      <div className="divide-y divide-border">
        {answers.map((answer, index) => (
          <AnswerDetails key={answer.status} answer={answer} isOpen={index === 0} />
        ))}
      </div>
    </Plate>
  );
}

function AnswerDetails({
  answer: { status, description, headers, body },
  isOpen,
}: {
  answer: DescribedAnswer;
  isOpen: boolean;
}) {
  return (
    <details open={isOpen}>
      {/* Without the browser's triangle, so that a long description keeps its indent. */}
      <summary className="flex list-none items-baseline gap-3 px-5 py-3 hover:bg-sunken [&::-webkit-details-marker]:hidden">
        <Icon
          name="chevron"
          className="size-3.5 self-center text-ink-muted transition-transform [details[open]>summary>&]:rotate-90"
        />
        <StatusTag status={status} />
        <span className="min-w-0">{description}</span>
      </summary>
      <div className="grid grid-cols-1 gap-4 px-5 pt-1 pb-5">
        {headers.map(({ name, description: meaning }) => (
          <p key={name} className="text-sm text-ink-muted">
            <code className="font-medium text-ink">{name}</code>: {meaning}
          </p>
        ))}
        {body ? (
          <BodyDetails body={body} label={`the answer ${status}`} />
        ) : (
          <p className="text-sm text-ink-muted">Without a body.</p>
        )}
      </div>
    </details>
  );
}

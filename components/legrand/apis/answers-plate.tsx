import { BodyDetails } from "#components/legrand/apis/body-details.tsx";
import { StatusTag } from "#components/legrand/apis/status-tag.tsx";
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
      <summary className="px-5 py-3 hover:bg-sunken">
        <span className="mr-3 ml-1">
          <StatusTag status={status} />
        </span>
        {description}
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

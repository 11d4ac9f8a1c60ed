import type { ReactNode } from "react";

import { KEY_WORDS } from "#components/legrand/subscriptions/key-words.ts";
import { Button } from "#components/ui/button.tsx";
import type { KeyName } from "#lib/legrand/subscriptions/subscription-constants.ts";

type SubscriptionQuestionsProps = { id: string; name: string };

/** The acts that cannot be undone. Each is folded, says what it does, and needs a second press. */
export function SubscriptionQuestions({ id, name }: SubscriptionQuestionsProps) {
  return (
    <div className="border-t border-border px-5 py-2">
      {(["primary", "secondary"] as const).map((key) => (
        <Regenerate key={key} id={id} name={name} which={key} />
      ))}
      <Question
        action={`/legrand/subscriptions/${id}/cancel`}
        verb={
          <>
            Cancel subscription<span className="sr-only"> {name}</span>
          </>
        }
      >
        Both keys stop working immediately, and today’s counts are deleted. This cannot be undone.
      </Question>
    </div>
  );
}

function Regenerate({ id, name, which }: SubscriptionQuestionsProps & { which: KeyName }) {
  const { label, other } = KEY_WORDS[which];
  return (
    <Question
      action={`/legrand/subscriptions/${id}/regenerate`}
      hidden={{ key: which }}
      verb={
        <>
          Regenerate {label.toLowerCase()}
          <span className="sr-only"> of {name}</span>
        </>
      }
    >
      {`A new key replaces this one, which stops working immediately. The ${other} key keeps working.`}
    </Question>
  );
}

type QuestionProps = { action: string; verb: ReactNode; hidden?: Record<string, string>; children: string };

function Question({ action, verb, hidden = {}, children }: QuestionProps) {
  return (
    <details>
      <summary className="flex min-h-8 w-fit items-center text-sm underline underline-offset-3 pointer-coarse:min-h-11">
        {verb}
      </summary>
      <form method="post" action={action} className="grid justify-items-start gap-3 pt-1 pb-3">
        {Object.entries(hidden).map(([field, value]) => (
          <input key={field} type="hidden" name={field} value={value} />
        ))}
        <p className="max-w-text">{children}</p>
        <Button variant="danger">{verb}</Button>
      </form>
    </details>
  );
}

import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Copyable } from "#components/ui/copyable.tsx";
import type { ShownKey } from "#lib/legrand/subscriptions/find-key.ts";
import type { KeyName } from "#lib/legrand/subscriptions/subscription-constants.ts";

const WORDS: Record<KeyName, { label: string; other: string }> = {
  primary: { label: "Primary key", other: "secondary" },
  secondary: { label: "Secondary key", other: "primary" },
};

type Props = {
  subscriptionId: string;
  subscriptionName: string;
  name: KeyName;
  shown: ShownKey | null;
  isNew: boolean;
};

/**
 * Shows a key, masked until the developer asks for it. The address says which key is shown, and never
 * contains the key.
 */
export function KeyRow({ subscriptionId, subscriptionName, name, shown, isNew }: Props) {
  const which = (
    <span className="sr-only">
      {" "}
      {WORDS[name].label.toLowerCase()} of {subscriptionName}
    </span>
  );
  return (
    <div className="grid grid-cols-1 gap-2">
      {shown && <Shown shown={shown} isNew={isNew} />}
      <div className="flex flex-wrap items-start gap-x-4 gap-y-1">
        {!shown && <Mask />}
        {shown ? (
          <ButtonLink variant="secondary" href={`/legrand/subscriptions#subscription-${subscriptionId}`}>
            Hide{which}
          </ButtonLink>
        ) : (
          <form action={`/legrand/subscriptions#subscription-${subscriptionId}`}>
            <Button variant="secondary" name="show" value={`${name}-${subscriptionId}`}>
              Show{which}
            </Button>
          </form>
        )}
        <details className="min-w-40 flex-1">
          <summary className="flex min-h-10 w-fit items-center underline underline-offset-3 pointer-coarse:min-h-11">
            Regenerate{which}
          </summary>
          <form
            method="post"
            action={`/legrand/subscriptions/${subscriptionId}/regenerate`}
            className="grid gap-3 pt-1"
          >
            <input type="hidden" name="key" value={name} />
            <p className="max-w-text">
              A new key replaces this one, which stops working immediately. The {WORDS[name].other} key keeps
              working.
            </p>
            <div>
              <Button variant="danger">Regenerate{which}</Button>
            </div>
          </form>
        </details>
      </div>
    </div>
  );
}

function Mask() {
  return (
    <p className="flex min-h-10 items-center text-ink-muted pointer-coarse:min-h-11">
      <span aria-hidden="true" className="font-mono">
        ••••••••••••••••
      </span>
      <span className="sr-only">Hidden</span>
    </p>
  );
}

function Shown({ shown: { key, name }, isNew }: { shown: ShownKey; isNew: boolean }) {
  if (key === null)
    return (
      <p role="status">
        The server no longer has the encryption key of this subscription key, so it cannot be shown. It still
        works. Regenerate it to see a new one.
      </p>
    );
  return (
    <>
      {isNew && (
        <p role="status" className="text-success">
          This is the new key. The former one no longer works.
        </p>
      )}
      <Copyable label={WORDS[name].label} value={key} hideLabel />
    </>
  );
}

import type { ReactNode } from "react";

import { KEY_WORDS } from "#components/legrand/subscriptions/key-words.ts";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Copyable } from "#components/ui/copyable.tsx";
import type { ShownKey } from "#lib/legrand/subscriptions/find-key.ts";
import type { KeyName } from "#lib/legrand/subscriptions/subscription-constants.ts";

type Props = {
  subscriptionId: string;
  subscriptionName: string;
  name: KeyName;
  shown: ShownKey | null;
  isNew: boolean;
};

const SWITCH = "w-20 flex-none";

/**
 * Shows a key, masked until the developer asks for it. The masked key has the size of the shown one, and the
 * button to hide it is where the one to show it was, so that nothing moves. The address says which key is
 * shown, and never contains the key.
 */
export function KeyRow({ subscriptionId, subscriptionName, name, shown, isNew }: Props) {
  const { label } = KEY_WORDS[name];
  const address = `/legrand/subscriptions#subscription-${subscriptionId}`;
  const which = <span className="sr-only">{` ${label.toLowerCase()} of ${subscriptionName}`}</span>;
  return (
    <div className="grid grid-cols-1 gap-x-5 gap-y-1 px-5 py-3 sm:grid-cols-[160px_minmax(0,1fr)]">
      <p className="text-ink-muted sm:py-2">{label}</p>
      <div className="grid min-w-0 grid-cols-1 gap-1">
        {shown?.key ? (
          <Copyable label={label} value={shown.key} hideLabel after={<Hide href={address}>{which}</Hide>} />
        ) : (
          <div className="flex flex-wrap items-start justify-end gap-2 sm:flex-nowrap">
            <Mask />
            {shown ? (
              <Hide href={address}>{which}</Hide>
            ) : (
              <form action={address}>
                <Button
                  variant="secondary"
                  className={SWITCH}
                  name="show"
                  value={`${name}-${subscriptionId}`}
                >
                  Show{which}
                </Button>
              </form>
            )}
          </div>
        )}
        {shown && <Note shown={shown} isNew={isNew} />}
      </div>
    </div>
  );
}

function Hide({ href, children }: { href: string; children: ReactNode }) {
  return (
    <ButtonLink variant="secondary" className={SWITCH} href={href}>
      Hide{children}
    </ButtonLink>
  );
}

function Mask() {
  return (
    <p className="flex min-h-10 w-full items-center rounded-control border border-border bg-sunken px-3 py-2 text-sm text-ink-muted">
      <span aria-hidden="true" className="font-mono">
        ••••••••••••••••
      </span>
      <span className="sr-only">Hidden</span>
    </p>
  );
}

function Note({ shown, isNew }: { shown: ShownKey; isNew: boolean }) {
  if (shown.key === null)
    return (
      <p role="status">
        The server no longer has the encryption key of this subscription key, so it cannot be shown. It still
        works. Regenerate it to see a new one.
      </p>
    );
  return (
    isNew && (
      <p role="status" className="text-sm text-success">
        This is the new key. The former one no longer works.
      </p>
    )
  );
}

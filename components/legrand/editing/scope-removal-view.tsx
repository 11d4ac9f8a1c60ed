import { Fragment } from "react";

import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Plate } from "#components/ui/plate.tsx";
import type { DescribedEdit } from "#lib/legrand/editing/describe-edit.ts";

type ScopeRemovalViewProps = Pick<DescribedEdit, "action" | "hidden" | "fields" | "back"> & {
  removal: NonNullable<DescribedEdit["removal"]>;
};

/** Asks before a scope is removed, and says who loses it. */
export function ScopeRemovalView({
  action,
  hidden,
  fields,
  removal: { scopes, people },
  back,
}: ScopeRemovalViewProps) {
  return (
    <Plate as="section" className="max-w-question p-5 sm:p-8">
      <form method="post" action={action} className="grid grid-cols-1 gap-4">
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {fields.scopes.map((scope) => (
          <input key={scope} type="hidden" name="scope" value={scope} />
        ))}
        {Object.entries(fields.scopeTerms).map(([scope, { level, reason }]) => (
          <Fragment key={scope}>
            <input type="hidden" name={`level.${scope}`} value={level} />
            <input type="hidden" name={`reason.${scope}`} value={reason} />
          </Fragment>
        ))}
        {scopes.map(({ name }) => (
          <input key={name} type="hidden" name="confirmed" value={name} />
        ))}
        <h2 className="text-lg">
          {scopes.length === 1 ? "Remove this scope?" : `Remove these ${scopes.length} scopes?`}
        </h2>
        <ul className="grid gap-2">
          {scopes.map(({ name, label }) => (
            <li key={name}>
              <span className="block font-medium">{label}</span>
              <code className="text-ink-muted">{name}</code>
            </li>
          ))}
        </ul>
        <p>{whatItTakes(scopes.length === 1 ? "It" : "They", people)}</p>
        <div className="flex flex-wrap gap-3">
          {/* The focus starts on the safe button. */}
          <ButtonLink href={back} variant="secondary" autoFocus>
            Go back
          </ButtonLink>
          <Button variant="danger" name="action" value="save">
            {scopes.length === 1 ? "Remove the scope" : "Remove the scopes"}
          </Button>
        </div>
      </form>
    </Plate>
  );
}

function whatItTakes(subject: "It" | "They", people: number): string {
  const object = subject === "It" ? "it" : "them";
  const whom =
    people === 0
      ? `No person has granted ${object} so far.`
      : people === 1
        ? `One person granted ${object}, and loses ${object} at the next refresh.`
        : `${people.toLocaleString("en")} people granted ${object}, and lose ${object} at the next refresh.`;
  return `${subject} can no longer be granted. ${whom} Existing access tokens keep ${object} until they expire, within 60 minutes.`;
}

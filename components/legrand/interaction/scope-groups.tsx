import type { ScopeMarks } from "#components/legrand/interaction/scope-mark.tsx";
import { ScopeRow } from "#components/legrand/interaction/scope-row.tsx";
import type { ConsentScope } from "#lib/legrand/interactions/describe-interaction.ts";

const GROUPS: { title: string; has: (scope: ConsentScope) => boolean }[] = [
  { title: "Who you are", has: ({ family }) => family === "identity" },
  { title: "What it can see", has: ({ family, access }) => family !== "identity" && access === "view" },
  { title: "What it can control", has: ({ access }) => access === "control" },
];

/** Shows the requested scopes in groups: identity, what the application can see, what it can control. */
export function ScopeGroups({
  scopes,
  ...row
}: {
  scopes: ConsentScope[];
  marks: ScopeMarks;
  isPreview: boolean;
}) {
  return GROUPS.map(({ title, has }) => {
    const rows = scopes.filter(has);
    if (rows.length === 0) return null;
    return (
      <fieldset key={title} className="mt-1.5 min-w-0">
        <legend className="text-sm font-semibold text-ink-muted">{title}</legend>
        <ul className="divide-y divide-border">
          {rows.map((scope) => (
            <ScopeRow key={scope.name} scope={scope} {...row} />
          ))}
        </ul>
      </fieldset>
    );
  });
}

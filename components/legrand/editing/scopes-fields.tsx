import { scopeIcon } from "#components/legrand/interaction/scope-icon.ts";
import { ScopeChoice } from "#components/legrand/editing/scope-choice.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { TermsByScope } from "#lib/legrand/applications/scope-terms-constants.ts";
import { operationsOf } from "#lib/legrand/openapi/operations-constants.ts";
import { SCOPES, UNREGISTERED_SCOPES, type Scope } from "#lib/legrand/scopes.ts";

const AREAS: { family: Scope["family"]; word: string }[] = [
  { family: "home", word: "Installation" },
  { family: "comfort", word: "Comfort" },
  { family: "light", word: "Lights" },
  { family: "automation", word: "Automation" },
  { family: "plug", word: "Plugs" },
  { family: "lock", word: "Locks" },
  { family: "audio-video", word: "Audio and video" },
  { family: "identity", word: "Identity" },
];

type ScopesFieldsProps = {
  chosen: string[];
  terms: TermsByScope;
  errors: Record<string, string | undefined>;
};

/** Shows the catalogue, a row for each area with what can be viewed and controlled there. */
export function ScopesFields({ chosen, terms, errors }: ScopesFieldsProps) {
  return (
    <div id="scopes" className="grid grid-cols-1 gap-4">
      <p className="text-sm text-ink-muted">
        A required scope cannot be unticked by people, a suggested one is ticked at first, an optional one is
        not. People read your reason beside the scope.
      </p>
      <ul className="divide-y divide-border border-t border-border">
        {AREAS.map(({ family, word }) => (
          <Area key={family} word={word} scopes={SCOPES.filter((scope) => isOffered(scope, family))}>
            {(scope) => (
              <ScopeChoice
                key={scope.name}
                scope={scope}
                isChosen={chosen.includes(scope.name)}
                terms={terms}
                error={errors[`reason.${scope.name}`]}
              />
            )}
          </Area>
        ))}
      </ul>
    </div>
  );
}

const isOffered = (scope: Scope, family: Scope["family"]) =>
  scope.family === family && !UNREGISTERED_SCOPES.includes(scope.name);

type AreaProps = { word: string; scopes: Scope[]; children: (scope: Scope) => React.ReactNode };

function Area({ word, scopes, children }: AreaProps) {
  return (
    <li className="py-2.5">
      <div className="flex items-center gap-2">
        <Icon name={scopeIcon({ name: "", family: scopes[0]!.family })} className="size-5" />
        <h3 className="flex-1 font-semibold">{word}</h3>
        <CatalogueLinks scopes={scopes} />
      </div>
      <fieldset className="min-w-0">
        <legend className="sr-only">{word}</legend>
        <ul className="mt-0.5">{scopes.map(children)}</ul>
      </fieldset>
    </li>
  );
}

/** Links to the operations that need these scopes. In a new window, because the form is not saved yet. */
function CatalogueLinks({ scopes }: { scopes: Scope[] }) {
  const count = scopes.flatMap(({ name }) => operationsOf(name)).length;
  if (scopes[0]!.family === "identity") return <p className="text-xs text-ink-subtle">Sandbox only</p>;
  if (count === 0) return <p className="text-xs text-ink-subtle">No operation documented</p>;
  const first = scopes.find(({ name }) => operationsOf(name).length > 0)!;
  return (
    <a
      href={`/legrand/apis#${first.name}`}
      target="_blank"
      className="inline-flex min-h-6 items-center text-sm pointer-coarse:min-h-11"
    >
      {count === 1 ? "1 operation" : `${count} operations`}
      <span className="sr-only"> for {scopes.map(({ name }) => name).join(" and ")}, in a new window</span>
    </a>
  );
}

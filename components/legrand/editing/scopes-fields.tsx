import { scopeIcon } from "#components/legrand/interaction/scope-icon.ts";
import { AccessTag } from "#components/ui/access-tag.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { operationsOf, scopeInCatalogue } from "#lib/legrand/openapi/operations-constants.ts";
import { ALWAYS_GRANTED_SCOPE, SCOPES, UNREGISTERED_SCOPES, type Scope } from "#lib/legrand/scopes.ts";

const FAMILIES: { family: Scope["family"]; word: string }[] = [
  { family: "home", word: "Installation" },
  { family: "comfort", word: "Comfort" },
  { family: "light", word: "Lights" },
  { family: "automation", word: "Automation" },
  { family: "plug", word: "Plugs" },
  { family: "lock", word: "Locks" },
  { family: "audio-video", word: "Audio and video" },
  { family: "identity", word: "Identity" },
];

const IDENTITY_NOTE =
  "OpenID Connect scopes, available in this sandbox only: a real Legrand client never sends them. openid and offline_access need no registration.";

/** Shows the catalogue by family. `topology.read` is always selected. */
export function ScopesFields({ chosen }: { chosen: string[] }) {
  return (
    <div id="scopes" className="grid grid-cols-1 gap-5">
      {FAMILIES.map(({ family, word }) => (
        <fieldset key={family} className="min-w-0">
          <legend className="text-md">{word}</legend>
          {family === "identity" && <p className="mt-1 mb-2 text-sm text-ink-muted">{IDENTITY_NOTE}</p>}
          <ul className="divide-y divide-border border-y border-border">
            {SCOPES.filter(
              (scope) => scope.family === family && !UNREGISTERED_SCOPES.includes(scope.name),
            ).map((scope) => (
              <ScopeChoice key={scope.name} scope={scope} isChosen={chosen.includes(scope.name)} />
            ))}
          </ul>
        </fieldset>
      ))}
    </div>
  );
}

function ScopeChoice({ scope, isChosen }: { scope: Scope; isChosen: boolean }) {
  const { name, label, access } = scope;
  const isFixed = name === ALWAYS_GRANTED_SCOPE;
  return (
    <li>
      <label className={`flex gap-3 py-3 ${isFixed ? "" : "cursor-pointer"}`}>
        <input
          type="checkbox"
          name="scope"
          value={name}
          defaultChecked={isFixed || isChosen}
          disabled={isFixed}
          className="checkbox mt-0.5"
          aria-labelledby={`${name}-label`}
          aria-describedby={`${name}-access ${name}-needs`}
        />
        {/* A disabled checkbox is not submitted. */}
        {isFixed && <input type="hidden" name="scope" value={name} />}
        <Icon name={scopeIcon(scope)} className="mt-0.5 size-5" />
        <span className="min-w-0 flex-1">
          <AccessTag id={`${name}-access`} access={access} className="float-right mt-0.5 ml-3" />
          <span id={`${name}-label`} className="block font-medium">
            {label}
          </span>
          <code className="block text-ink-muted">{name}</code>
          <span id={`${name}-needs`} className="mt-1 block text-sm text-ink-muted">
            {isFixed && <span className="font-semibold">Always granted. </span>}
            {describeNeed(scope)}
          </span>
        </span>
      </label>
      <CatalogueLink scope={name} />
    </li>
  );
}

const IDENTITY_NEEDS: Record<string, string> = {
  profile: "Needed for given name and surname in userinfo.",
  email: "Needed for the e-mail address in userinfo.",
};

/** Says which documented operations need the scope. */
function describeNeed({ name }: Scope): string {
  const operations = operationsOf(name);
  if (operations.length === 0) return IDENTITY_NEEDS[name] ?? "Legrand documents no operation for it.";
  return `Needed to ${operations.map(({ summary }) => summary[0]!.toLowerCase() + summary.slice(1)).join("; to ")}.`;
}

/** Opens in a new window, because the ticked boxes are not saved yet. */
function CatalogueLink({ scope }: { scope: string }) {
  if (operationsOf(scope).length === 0) return null;
  return (
    <p className="mb-3 pl-16 text-sm">
      <a
        href={scopeInCatalogue(scope)}
        target="_blank"
        className="inline-flex min-h-6 items-center pointer-coarse:min-h-11"
      >
        See the operations in the catalogue
        <span className="sr-only">: operations that need {scope}, in a new window</span>
      </a>
    </p>
  );
}

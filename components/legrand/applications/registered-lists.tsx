import { FactsPlate } from "#components/legrand/applications/facts-plate.tsx";
import { TermsLine } from "#components/legrand/editing/terms-line.tsx";
import { termsOf, type TermsByScope } from "#lib/legrand/applications/scope-terms-constants.ts";
import { operationsOf, scopeInCatalogue } from "#lib/legrand/openapi/operations-constants.ts";
import { findScope } from "#lib/legrand/scopes.ts";

type RegisteredListsProps = {
  /** `scopes` are in the order of the catalogue. */
  application: { clientId: string; replyUrls: string[]; scopes: string[]; scopeTerms: TermsByScope };
};

/** Lists the registered reply URLs and scopes, each with a link to the editor. */
export function RegisteredLists({
  application: { clientId, replyUrls, scopes, scopeTerms },
}: RegisteredListsProps) {
  const edit = (part: string) => `/legrand/applications/${clientId}/edit/${part}`;
  return (
    <>
      <FactsPlate title="Reply URLs" edit={edit("reply-urls")}>
        <ol aria-label="Reply URLs" className="divide-y divide-border">
          {replyUrls.map((url) => (
            <li key={url} className="px-5 py-3">
              <code>{url}</code>
            </li>
          ))}
        </ol>
      </FactsPlate>
      <FactsPlate title="Scopes" edit={edit("scopes")}>
        <ul aria-label="Scopes" className="divide-y divide-border">
          {scopes.map((name) => (
            <li
              key={name}
              className="grid grid-cols-1 gap-x-5 px-5 py-3 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-center"
            >
              <div>
                <span className="mr-2">{findScope(name)?.label ?? name}</span>
                <code className="text-ink-subtle">{name}</code>
                <TermsLine terms={termsOf(scopeTerms, name)} />
              </div>
              <Opens scope={name} />
            </li>
          ))}
        </ul>
      </FactsPlate>
    </>
  );
}

/** Says how many operations a scope opens, and links to their description. */
function Opens({ scope }: { scope: string }) {
  const count = operationsOf(scope).length;
  if (count === 0)
    return findScope(scope)?.family === "identity" ? null : (
      <span className="text-sm text-ink-muted">Legrand documents no operation for it.</span>
    );
  return (
    <a
      href={scopeInCatalogue(scope)}
      className="inline-flex min-h-6 items-center text-sm pointer-coarse:min-h-11"
    >
      {count === 1 ? "Used by 1 operation" : `Used by ${count} operations`}
      <span className="sr-only">: {scope}</span>
    </a>
  );
}

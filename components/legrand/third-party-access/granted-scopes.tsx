import { scopeIcon } from "#components/legrand/interaction/scope-icon.ts";
import { AccessTag } from "#components/ui/access-tag.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { Scope } from "#lib/legrand/scopes.ts";

/** A scope that is granted now. A fixed one can only be removed together with the whole access. */
export type GrantedScope = Scope & { fixed: boolean };

type GrantedScopesProps = {
  name: string;
  scopes: GrantedScope[];
  /** The address that takes back one scope. */
  action: string;
};

/** Lists what an application may do, one scope in each row, with a button that takes it back. */
export function GrantedScopes({ name, scopes, action }: GrantedScopesProps) {
  if (scopes.length === 0)
    return (
      <p className="border-t border-border px-5 py-4 text-ink-muted">
        You have taken back everything that {name} was allowed.
      </p>
    );
  return (
    <form method="post" action={action}>
      <ul aria-label={`What ${name} may do`} className="divide-y divide-border border-t border-border">
        {scopes.map((scope) => (
          <GrantedScopeRow key={scope.name} application={name} scope={scope} />
        ))}
      </ul>
    </form>
  );
}

function GrantedScopeRow({ application, scope }: { application: string; scope: GrantedScope }) {
  const { name, label, consequence, access, fixed } = scope;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-1 px-5 py-3 sm:flex-nowrap">
      <Icon name={scopeIcon(scope)} className="mt-0.5 size-5" />
      <div className="min-w-0 flex-1 basis-3/4 sm:basis-0">
        <p>
          {label} <AccessTag access={access} className="ml-1 whitespace-nowrap" />
        </p>
        <p className="text-sm text-ink-muted">{consequence}</p>
      </div>
      {fixed ? (
        <p className="w-full pl-9 text-sm text-ink-subtle sm:w-44 sm:pl-0 sm:text-right">
          Always included. Remove access to end it.
        </p>
      ) : (
        <LinkButton name="scope" value={name} className="ml-9 flex-none sm:ml-0">
          Take back
          <span className="sr-only">
            {" "}
            “{label}” from {application}
          </span>
        </LinkButton>
      )}
    </li>
  );
}

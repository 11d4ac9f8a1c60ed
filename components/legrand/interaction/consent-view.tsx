import { ConsentAccount } from "#components/legrand/interaction/consent-account.tsx";
import { ConsentApplicationHeader } from "#components/legrand/interaction/consent-application.tsx";
import type { ConsentApplication } from "#components/legrand/interaction/consent-application.tsx";
import { ConsentDecision, EnterDecidesNothing } from "#components/legrand/interaction/consent-decision.tsx";
import type { ConsentScope } from "#lib/legrand/interactions/describe-interaction.ts";
import { AlreadyAllowed, TechnicalDetails } from "#components/legrand/interaction/scope-details.tsx";
import { ScopeRow } from "#components/legrand/interaction/scope-row.tsx";
import { Plate } from "#components/ui/plate.tsx";


type ConsentViewProps = {
  action: string;
  notYouAction: string;
  application: ConsentApplication;
  account: { name: string; email: string };
  /** What is asked for now. */
  scopes: ConsentScope[];
  /** What this person has allowed this application before. */
  alreadyGranted: ConsentScope[];
  returnHost: string;
};

export function ConsentView(props: ConsentViewProps) {
  const { action, notYouAction, application, account, scopes, alreadyGranted, returnHost } = props;
  return (
    <Plate edge="legrand" className="grid grid-cols-1 gap-5 p-5 pt-6 sm:p-8">
      <ConsentApplicationHeader application={application} />
      <ConsentAccount account={account} notYouAction={notYouAction} />
      {/* autocomplete off: Firefox would otherwise bring back an earlier choice on reload. */}
      <form method="post" action={action} autoComplete="off">
        <EnterDecidesNothing />
        <RequestedScopes vendor={application.vendor} scopes={scopes} />
        {alreadyGranted.length > 0 && <AlreadyAllowed scopes={alreadyGranted} />}
        <TechnicalDetails scopes={[...scopes, ...alreadyGranted]} />
        <p className="mt-2 text-sm text-ink-muted">
          {`This access has no end date. It stays until ${application.name} gives it back, which it should do when you disconnect there.`}
        </p>
        <ConsentDecision returnHost={returnHost} />
      </form>
    </Plate>
  );
}

function RequestedScopes({ vendor, scopes }: { vendor: string; scopes: ConsentScope[] }) {
  return (
    <fieldset className="min-w-0" aria-describedby="scopes-hint">
      <legend className="text-md">{vendor} is requesting permissions to access your Legrand data:</legend>
      <p id="scopes-hint" className="mt-1 mb-3 text-sm text-ink-muted">
        Select what you allow. Untick what you want to keep to yourself.
      </p>
      <ul className="mb-2 divide-y divide-border border-y border-border">
        {scopes.map((scope) => (
          <ScopeRow key={scope.name} scope={scope} />
        ))}
      </ul>
    </fieldset>
  );
}

import { ConsentAccount } from "#components/legrand/interaction/consent-account.tsx";
import { ConsentApplicationHeader } from "#components/legrand/interaction/consent-application.tsx";
import type { ConsentApplication } from "#components/legrand/interaction/consent-application.tsx";
import { ConsentDecision, EnterDecidesNothing } from "#components/legrand/interaction/consent-decision.tsx";
import { HomesChoice } from "#components/legrand/interaction/homes-choice.tsx";
import type { HomeChoice } from "#lib/legrand/grants/shared-homes.ts";
import type { ConsentScope } from "#lib/legrand/interactions/describe-interaction.ts";
import { AlreadyAllowed, TechnicalDetails } from "#components/legrand/interaction/scope-details.tsx";
import { ScopeRow } from "#components/legrand/interaction/scope-row.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Plate } from "#components/ui/plate.tsx";

type ConsentViewProps = {
  action: string;
  notYouAction: string;
  application: ConsentApplication;
  account: { name: string; email: string };
  /** The scopes that are requested now. */
  scopes: ConsentScope[];
  /** The scopes that this person granted to this application before. */
  alreadyGranted: ConsentScope[];
  /** The homes to choose from, or none if there is no choice. */
  homes?: HomeChoice[];
  homesError?: string;
  /** True if `scopes` is the existing grant, to be changed. */
  isReview?: boolean;
  /** True if another app could receive the answer, so that the person is asked each time. */
  isUnproven?: boolean;
  /** When the access ends by itself, as the end of a sentence. */
  lifetime: string;
  returnHost: string;
};

export function ConsentView(props: ConsentViewProps) {
  const {
    action,
    notYouAction,
    application,
    account,
    scopes,
    alreadyGranted,
    homes = [],
    homesError,
    isReview = false,
    isUnproven = false,
    lifetime,
    returnHost,
  } = props;
  return (
    <Plate edge="legrand" className="grid grid-cols-1 gap-5 p-5 pt-6 sm:p-8">
      <ConsentApplicationHeader application={application} isReview={isReview} />
      <ConsentAccount account={account} notYouAction={notYouAction} />
      {/* autocomplete off: Firefox would otherwise restore an earlier choice on reload. */}
      <form method="post" action={action} autoComplete="off">
        <EnterDecidesNothing />
        {homes.length > 0 && (
          <div className="mb-5">
            <HomesChoice id="home" name={application.name} homes={homes} error={homesError} />
          </div>
        )}
        {scopes.length > 0 ? (
          <RequestedScopes application={application} scopes={scopes} isReview={isReview} />
        ) : (
          <NothingNew vendor={application.vendor} />
        )}
        {alreadyGranted.length > 0 && <AlreadyAllowed scopes={alreadyGranted} isOpen={scopes.length === 0} />}
        <TechnicalDetails scopes={[...scopes, ...alreadyGranted]} />
        <HowLong name={application.name} lifetime={lifetime} />
        {isUnproven && <UnprovenNotice name={application.name} />}
        <ConsentDecision returnHost={returnHost} isReview={isReview} />
      </form>
    </Plate>
  );
}

function NothingNew({ vendor }: { vendor: string }) {
  return (
    <div className="mb-2">
      <h2 className="text-md">{vendor} is requesting access again</h2>
      <p className="mt-1 text-sm text-ink-muted">It asks for nothing that you have not allowed before.</p>
    </div>
  );
}

function UnprovenNotice({ name }: { name: string }) {
  return (
    <div className="mt-4">
      <Notice tone="warning">
        <p className="text-sm">
          Legrand cannot check which app on your device receives the answer, so it asks you each time. Accept
          only if you have just started this in {name}.
        </p>
      </Notice>
    </div>
  );
}

/** Says how long the access lasts, and how to end it sooner (OWASP ASVS 5.0, 10.7.2). */
function HowLong({ name, lifetime }: { name: string; lifetime: string }) {
  return (
    <p className="mt-2 text-sm text-ink-muted">
      {name} keeps this access until you remove it under {/* A new tab keeps this question open. */}
      <a href="/legrand/third-party-access" target="_blank" rel="noopener" className="whitespace-nowrap">
        Third-party access
      </a>
      . It ends automatically {lifetime}.
    </p>
  );
}

type RequestedScopesProps = { application: ConsentApplication; scopes: ConsentScope[]; isReview: boolean };

function RequestedScopes({ application: { name, vendor }, scopes, isReview }: RequestedScopesProps) {
  return (
    <fieldset className="min-w-0" aria-describedby="scopes-hint">
      <legend className="text-md">
        {isReview
          ? `${name} may do what is ticked:`
          : `${vendor} is requesting permissions to access your Legrand data:`}
      </legend>
      <p id="scopes-hint" className="mt-1 mb-3 text-sm text-ink-muted">
        {isReview
          ? `Tick what ${name} may do. Untick what it may no longer do.`
          : "Untick anything that you do not want to allow."}
      </p>
      <ul className="mb-2 divide-y divide-border border-y border-border">
        {scopes.map((scope) => (
          <ScopeRow key={scope.name} scope={scope} />
        ))}
      </ul>
    </fieldset>
  );
}

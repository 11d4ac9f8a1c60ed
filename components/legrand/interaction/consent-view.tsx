import { ConsentAccount } from "#components/legrand/interaction/consent-account.tsx";
import { ConsentApplicationHeader } from "#components/legrand/interaction/consent-application.tsx";
import type { ConsentApplication } from "#components/legrand/interaction/consent-application.tsx";
import { ConsentDecision, EnterDecidesNothing } from "#components/legrand/interaction/consent-decision.tsx";
import { HomesChoice } from "#components/legrand/interaction/homes-choice.tsx";
import type { HomeChoice } from "#lib/legrand/grants/shared-homes.ts";
import type { ConsentScope } from "#lib/legrand/interactions/describe-interaction.ts";
import { AlreadyAllowed, TechnicalDetails } from "#components/legrand/interaction/scope-details.tsx";
import { ScopeGroups } from "#components/legrand/interaction/scope-groups.tsx";
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
  /** True if the person has given this application access before. */
  hasGrant?: boolean;
  /** True if another app could receive the answer, so that the person is asked each time. */
  isUnproven?: boolean;
  /** True if the page is only a picture of itself: its fields have no names, and nothing sticks. */
  isPreview?: boolean;
  /** When the access ends by itself, as the end of a sentence. */
  lifetime: string;
  returnHost: string;
};

export function ConsentView(props: ConsentViewProps) {
  const { action, notYouAction, application, account, scopes, alreadyGranted } = props;
  const {
    homes = [],
    homesError,
    isReview = false,
    hasGrant = false,
    isUnproven = false,
    isPreview = false,
    lifetime,
    returnHost,
  } = props;
  return (
    <Plate edge="legrand" className="px-5 pt-4 sm:px-7">
      <ConsentApplicationHeader application={application} isReview={isReview} />
      <ConsentAccount account={account} notYouAction={notYouAction} />
      {/* autocomplete off: Firefox would otherwise restore an earlier choice on reload. */}
      <form method="post" action={action} autoComplete="off">
        <EnterDecidesNothing />
        {homes.length > 0 && (
          <div className="mt-2">
            <HomesChoice isCompact id="home" name={application.name} homes={homes} error={homesError} />
          </div>
        )}
        {scopes.length > 0 ? (
          <>
            <Hint scopes={scopes} isReview={isReview} />
            <ScopeGroups
              scopes={scopes}
              marks={isReview ? "change" : hasGrant ? "new" : "none"}
              isPreview={isPreview}
            />
          </>
        ) : (
          <NothingNew name={application.name} />
        )}
        {alreadyGranted.length > 0 && <AlreadyAllowed scopes={alreadyGranted} isOpen={scopes.length === 0} />}
        <HowLong lifetime={lifetime} />
        <TechnicalDetails scopes={[...scopes, ...alreadyGranted]} />
        {isUnproven && <UnprovenNotice name={application.name} />}
        <ConsentDecision returnHost={returnHost} isReview={isReview} isPreview={isPreview} />
      </form>
    </Plate>
  );
}

/** Says what ticking means, and whose words the reasons are. */
function Hint({ scopes, isReview }: { scopes: ConsentScope[]; isReview: boolean }) {
  return (
    <p className="mt-2 text-xs text-ink-muted">
      {isReview ? "Tick exactly what it may do." : "Tick what you want to allow."}
      {scopes.some(({ reason }) => reason) && " Quoted reasons are the application’s own words."}
    </p>
  );
}

function NothingNew({ name }: { name: string }) {
  return (
    <p className="mt-3 text-sm text-ink-muted">
      {name} asks again for what you have already allowed, and for nothing else.
    </p>
  );
}

function UnprovenNotice({ name }: { name: string }) {
  return (
    <div className="mt-2">
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
function HowLong({ lifetime }: { lifetime: string }) {
  return (
    <p className="mt-2 text-xs text-ink-muted">
      You can end it at any time under {/* A new tab keeps this question open. */}
      <a href="/legrand/third-party-access" target="_blank" rel="noopener" className="whitespace-nowrap">
        Third-party access
      </a>
      . It ends automatically {lifetime}.
    </p>
  );
}

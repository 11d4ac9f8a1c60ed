import { BackToApplication } from "#components/legrand/authorization-error/back-to-application.tsx";
import { RegistrationActions } from "#components/legrand/authorization-error/registration-actions.tsx";
import { DifferenceList } from "#components/legrand/reply-urls/difference-list.tsx";
import { UrlComparison } from "#components/legrand/reply-urls/url-comparison.tsx";
import { Plate } from "#components/ui/plate.tsx";
import type { DescribedError } from "#lib/legrand/authorization-error/describe-authorization-error.ts";
import type { DescribedMismatch } from "#lib/legrand/authorization-error/describe-mismatch.ts";

type MismatchViewProps = DescribedError & { mismatch: DescribedMismatch };

/** Explains a wrong reply URL: to the application's developer with what to do, to everyone else what it means. */
export function MismatchView({
  code,
  title,
  explanation,
  application,
  mismatch,
  requestId,
  reference,
}: MismatchViewProps) {
  const { explained, offer } = mismatch;
  const name = application?.name ?? "the application";
  return (
    <Plate as="section" edge="legrand" className="grid grid-cols-1 gap-4 p-5 pt-6 sm:p-8">
      <div className="grid grid-cols-1 gap-2">
        {offer && (
          <p className="text-sm wrap-anywhere text-ink-subtle">{name} · you are signed in as its developer</p>
        )}
        <h1 className="text-xl">{title}</h1>
        <p className="max-w-text text-ink-muted">
          {explanation} <b className="font-semibold text-ink">Nothing was shared.</b>
        </p>
      </div>
      {!offer && <ForVisitor application={application} name={name} />}
      {!offer && <h2 className="mt-2 text-md">If you build this application</h2>}
      {explained ? (
        <>
          <UrlComparison {...explained} />
          <DifferenceList {...explained} />
        </>
      ) : (
        <SentAlone sent={mismatch.sent} />
      )}
      {offer && <RegistrationActions offer={offer} isDoubtful={explained?.warning !== null} />}
      {!offer && <ForDeveloper isWithheld={explained === null} requestId={requestId} />}
      <p className="text-xs text-ink-subtle">
        Reference <code className="text-xs whitespace-nowrap">{reference}</code> · Request{" "}
        <code className="text-xs wrap-anywhere">{requestId}</code> · Code{" "}
        <code className="text-xs wrap-anywhere">{code}</code>
      </p>
    </Plate>
  );
}

function ForVisitor({ application, name }: Pick<DescribedError, "application"> & { name: string }) {
  return (
    <>
      <p className="max-w-text text-ink-muted">
        {`You cannot fix this yourself. Close this page, or go back to ${name} and try again.`}
      </p>
      {application && <BackToApplication {...application} />}
    </>
  );
}

function SentAlone({ sent }: { sent: string }) {
  return (
    <dl className="rounded-control border border-border bg-sunken px-3.5 py-3 text-sm">
      <dt className="text-ink-subtle">sent</dt>
      <dd className="font-mono wrap-anywhere">{sent}</dd>
    </dl>
  );
}

function ForDeveloper({ isWithheld, requestId }: { isWithheld: boolean; requestId: string }) {
  const signIn = <a href="/legrand/sign-in">sign in to the developer portal</a>;
  return (
    <p className="max-w-text text-sm text-ink-muted">
      {isWithheld ? (
        <>
          Only the application’s developer can see the registered reply URLs. If that is you, {signIn} and
          open the link again. Otherwise send the developer what is above, with the request{" "}
          <code className="text-xs wrap-anywhere">{requestId}</code>.
        </>
      ) : (
        <>
          To register the URL that was sent, {signIn} as the application’s developer and open the link again.
        </>
      )}
    </p>
  );
}

import { BackToApplication } from "#components/legrand/authorization-error/back-to-application.tsx";
import { MismatchView } from "#components/legrand/authorization-error/mismatch-view.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { MessagePlate } from "#components/ui/message-page.tsx";
import type { DescribedError } from "#lib/legrand/authorization-error/describe-authorization-error.ts";

/** The code of an error page that was opened without a refused request. */
const NO_ERROR = "no_error";
/** The code of an address that is not an endpoint of the sandbox. */
const NOT_FOUND = "not_found";

export function AuthorizationErrorView(props: DescribedError) {
  const { code, title, explanation, mismatch, application, requestId, reference } = props;
  if (mismatch) return <MismatchView {...props} mismatch={mismatch} />;
  if (code === NO_ERROR)
    return (
      <MessagePlate edge="legrand" title={title}>
        <p>{explanation}</p>
      </MessagePlate>
    );
  if (code === NOT_FOUND)
    return (
      <MessagePlate
        edge="legrand"
        drawing="not-found"
        title={title}
        actions={
          <>
            <ButtonLink href="/legrand/applications">Go to My Applications</ButtonLink>
            <ButtonLink href="/legrand/apis" variant="secondary">
              APIs
            </ButtonLink>
          </>
        }
      >
        <p>{explanation}</p>
      </MessagePlate>
    );
  return (
    <MessagePlate edge="legrand" code={code} drawing="failed" title={title}>
      <p>
        {explanation} <b className="font-semibold text-ink">Nothing was shared.</b>
      </p>
      <p>
        {`You cannot fix this yourself. Close this page, or go back to ${application?.name ?? "the application"} and try again.`}
      </p>
      {application && <BackToApplication {...application} />}
      <DeveloperHelp {...props} />
      <p className="text-sm text-ink-subtle">
        Reference <code className="text-xs">{reference}</code>, request{" "}
        <code className="text-xs">{requestId}</code>
      </p>
    </MessagePlate>
  );
}

function DeveloperHelp({ hint }: DescribedError) {
  if (!hint) return null;
  return (
    <section className="grid grid-cols-1 gap-2 text-ink">
      <h2 className="text-md">If you build this application</h2>
      <p className="flex gap-2 rounded-control bg-warning-soft px-3.5 py-2.5 text-sm font-medium text-warning">
        <Icon name="warning" />
        <span className="min-w-0 wrap-anywhere">{hint}</span>
      </p>
    </section>
  );
}

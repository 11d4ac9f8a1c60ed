import { ButtonLink } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { MessagePlate } from "#components/ui/message-page.tsx";
import type { DescribedError } from "#lib/legrand/authorization-server/describe-shown-error.ts";

/** The code of an error page that was opened without a refused request. */
const NO_ERROR = "no_error";
/** The code of an address that is not an endpoint of the sandbox. */
const NOT_FOUND = "not_found";

export function AuthorizationErrorView(props: DescribedError) {
  const { code, title, explanation, applicationName, requestId, reference } = props;
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
        {`You cannot fix this yourself. Close this page, or go back to ${applicationName ?? "the application"} and try again.`}
      </p>
      <DeveloperHelp {...props} />
      <p className="text-sm text-ink-subtle">
        Reference <code className="text-xs">{reference}</code>, request{" "}
        <code className="text-xs">{requestId}</code>
      </p>
    </MessagePlate>
  );
}

function DeveloperHelp({ sent = [], expected = [], difference, isWithheld, requestId }: DescribedError) {
  if (sent.length === 0 && expected.length === 0 && !difference) return null;
  return (
    <section className="grid grid-cols-1 gap-2 text-ink">
      <h2 className="text-md">If you build this application</h2>
      {sent.length + expected.length > 0 && <Comparison sent={sent} expected={expected} />}
      {difference && (
        <p className="flex gap-2 rounded-control bg-warning-soft px-3.5 py-2.5 text-sm font-medium text-warning">
          <Icon name="warning" />
          <span className="min-w-0 wrap-anywhere">{difference}</span>
        </p>
      )}
      {isWithheld && (
        <p className="text-sm text-ink-muted">
          Only the application’s developer can see the registered reply URLs. If that is you,{" "}
          <a href="/legrand/sign-in">sign in to the developer portal</a> and open the link again. Otherwise
          send the developer what is above, with the request <code className="text-xs">{requestId}</code>.
        </p>
      )}
    </section>
  );
}

type ComparisonProps = { sent: { name: string; value: string }[]; expected: string[] };

function Comparison({ sent, expected }: ComparisonProps) {
  const rows = [...sent, ...expected.map((value) => ({ name: "registered", value }))];
  return (
    <dl className="grid gap-2 rounded-control border border-border bg-sunken px-3.5 py-3 font-mono text-sm">
      {rows.map(({ name, value }) => (
        <div key={`${name} ${value}`}>
          <dt className="text-ink-subtle">{name}</dt>
          <dd className="wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

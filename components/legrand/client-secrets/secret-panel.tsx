import { UntilLeft } from "#components/legrand/client-secrets/until-left.tsx";
import { Copyable } from "#components/ui/copyable.tsx";
import { Notice } from "#components/ui/notice.tsx";

/** Shows a client secret, the only time that it can be read. */
export function SecretPanel({ secret }: { secret: { label: string; value: string } }) {
  return (
    <UntilLeft>
      <Notice tone="warning">
        <h2 className="text-md">Client secret</h2>
        <p className="mb-3">
          <strong className="font-semibold text-warning">Copy it now.</strong> It will not be shown again. Its
          label is “{secret.label}”.
        </p>
        <Copyable
          label="Client secret"
          value={secret.value}
          hideLabel
          isField
          button={{ word: "Copy secret", variant: "primary" }}
        />
      </Notice>
    </UntilLeft>
  );
}

/** Shown after a reload, when the secret can no longer be shown. */
export function SecretGone() {
  return (
    <Notice tone="info">
      <p>
        The client secret was shown only once, and its value is not stored. If you did not copy it, generate a
        new one and delete the lost one.
      </p>
    </Notice>
  );
}

/** Shown if the page was opened too late, so that no secret was generated. */
export function SecretNotMade() {
  return (
    <Notice tone="info">
      <p>
        This page was opened too late to show the new client secret, so none was generated. Generate it again.
      </p>
    </Notice>
  );
}

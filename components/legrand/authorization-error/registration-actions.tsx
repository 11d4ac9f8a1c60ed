import { Button, ButtonLink } from "#components/ui/button.tsx";
import type { RegistrationOffer } from "#lib/legrand/authorization-error/describe-offer.ts";

type RegistrationActionsProps = {
  offer: RegistrationOffer;
  /** True if the link may be an attack, so that registering is not what most developers want. */
  isDoubtful: boolean;
};

/** Offers the application's developer what to do about a wrong reply URL. */
export function RegistrationActions({ offer, isDoubtful }: RegistrationActionsProps) {
  const { form, problem, applicationHref, editHref } = offer;
  const variant = isDoubtful ? "secondary" : "primary";
  return (
    <div className="grid grid-cols-1 gap-3">
      <p className="max-w-text text-sm text-ink-muted">
        {form
          ? "Correct the redirect_uri of the client, or register what it sends."
          : `Correct the redirect_uri of the client. What it sends cannot be registered: ${problem}`}
      </p>
      <div className="flex flex-wrap gap-3">
        {form ? (
          <form method="post" action={form.action}>
            <input type="hidden" name="request" value={form.request} />
            <Button variant={variant}>Register this reply URL</Button>
          </form>
        ) : (
          <ButtonLink href={editHref} variant={variant}>
            Edit reply URLs
          </ButtonLink>
        )}
        <ButtonLink href={applicationHref} variant="secondary">
          Open the application
        </ButtonLink>
      </div>
      {form && (
        <p className="max-w-text text-sm text-ink-subtle">
          You see the whole URL once more before it is registered. Then the request goes on.
        </p>
      )}
    </div>
  );
}

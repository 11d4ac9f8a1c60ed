import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { DAILY_CALL_LIMIT } from "#lib/legrand/subscriptions/subscription-constants.ts";
import { SUBSCRIPTION_NAME_MAX_LENGTH } from "#lib/legrand/subscriptions/subscription-schema.ts";

const HINT = `A name for your own reference, such as “Thermo, production”. At most ${SUBSCRIPTION_NAME_MAX_LENGTH} characters.`;

type Props = { error?: string; typed?: string; isFirst: boolean };

export function SubscribeForm({ error, typed, isFirst }: Props) {
  return (
    <Plate as="section" className="p-5">
      <h2 className="text-lg">
        {isFirst ? "Subscribe to the Starter Kit" : "Another subscription to the Starter Kit"}
      </h2>
      <p className="mt-1 max-w-text text-ink-muted">
        Free, with {DAILY_CALL_LIMIT} calls a day for each end user.
      </p>
      <form
        method="post"
        action="/legrand/subscriptions/subscribe"
        noValidate
        className="mt-4 grid max-w-column gap-4"
      >
        <Field
          label="Subscription name"
          name="name"
          hint={HINT}
          error={error}
          defaultValue={typed}
          autoComplete="off"
          required
        />
        <div>
          <Button variant={isFirst ? "primary" : "secondary"}>Subscribe</Button>
        </div>
      </form>
    </Plate>
  );
}

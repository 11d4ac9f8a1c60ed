import { NoticeSummary } from "#components/legrand/notice-summary.tsx";
import { SubscribeForm } from "#components/legrand/subscriptions/subscribe-form.tsx";
import { SubscriptionPlate } from "#components/legrand/subscriptions/subscription-plate.tsx";
import { LineDrawing } from "#components/ui/drawing.tsx";
import { Plate } from "#components/ui/plate.tsx";
import type { FormNotice } from "#lib/legrand/portal/form-notice.ts";
import type { ShownKey } from "#lib/legrand/subscriptions/find-key.ts";
import type { Subscription } from "#lib/legrand/subscriptions/subscription.ts";
import {
  SUBSCRIPTION_KEY_HEADER,
  SUBSCRIPTION_LIMIT,
} from "#lib/legrand/subscriptions/subscription-constants.ts";

type Props = {
  subscriptions: Subscription[];
  /** The key that is shown unmasked, or null. */
  shown: ShownKey | null;
  /** True if that key has just replaced another one. */
  isNew: boolean;
  notice: FormNotice | null;
  now: Date;
};

export function SubscriptionsView({ subscriptions, shown, isNew, notice, now }: Props) {
  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="grid gap-2">
        <h1 className="text-xl">Subscriptions</h1>
        <p className="max-w-text text-ink-muted">
          Every API call needs the user’s access token and your subscription key, in the header{" "}
          <code className="whitespace-nowrap">{SUBSCRIPTION_KEY_HEADER}</code>.
        </p>
        <p className="max-w-text text-ink-muted">
          <strong className="font-semibold text-ink">A subscription key is not the client secret.</strong> The
          secret belongs to one application and gets tokens; you generate it under{" "}
          <a href="/legrand/applications">My Applications</a>.
        </p>
      </div>
      <NoticeSummary notice={notice} />
      {subscriptions.length === 0 && <Empty />}
      {subscriptions.map((subscription) => (
        <SubscriptionPlate
          key={subscription.id}
          subscription={subscription}
          shown={shown?.id === subscription.id ? shown : null}
          isNew={isNew}
          now={now}
        />
      ))}
      {subscriptions.length < SUBSCRIPTION_LIMIT ? (
        <SubscribeForm
          error={notice?.fieldErrors?.name}
          typed={notice?.typed?.name}
          isFirst={subscriptions.length === 0}
        />
      ) : (
        <p className="text-ink-muted">
          You have {SUBSCRIPTION_LIMIT} subscriptions, which is the maximum. Cancel one to add another.
        </p>
      )}
    </div>
  );
}

function Empty() {
  return (
    <Plate className="flex flex-wrap items-center gap-x-6 gap-y-3 p-5 sm:p-8">
      <LineDrawing name="no-key" party="legrand" />
      <div className="min-w-0 flex-1 basis-64">
        <h2 className="text-md">No subscription yet</h2>
        <p className="mt-1 max-w-text text-ink-muted">
          Subscribe to the Starter Kit below: it is free, and gives you two keys. Use the primary one; the
          secondary one takes over while you replace it.
        </p>
      </div>
    </Plate>
  );
}

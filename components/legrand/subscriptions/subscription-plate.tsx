import { KeyRow } from "#components/legrand/subscriptions/key-row.tsx";
import { SubscriptionQuestions } from "#components/legrand/subscriptions/subscription-questions.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ShownKey } from "#lib/legrand/subscriptions/find-key.ts";
import type { Subscription } from "#lib/legrand/subscriptions/subscription.ts";
import { DAILY_CALL_LIMIT } from "#lib/legrand/subscriptions/subscription-constants.ts";

type Props = { subscription: Subscription; shown: ShownKey | null; isNew: boolean; now: Date };

export function SubscriptionPlate({ subscription, shown, isNew, now }: Props) {
  const { id, name, createdAt } = subscription;
  const keyRow = (key: ShownKey["name"]) => (
    <KeyRow
      subscriptionId={id}
      name={key}
      subscriptionName={name}
      shown={shown?.name === key ? shown : null}
      isNew={isNew}
    />
  );
  return (
    <Plate as="section" id={`subscription-${id}`} aria-labelledby={`name-${id}`}>
      <div className="border-b border-border px-5 py-4">
        <h2 id={`name-${id}`} className="text-lg wrap-anywhere">
          {name}
        </h2>
        <p className="text-sm text-ink-muted">
          Starter Kit, since <RelativeTime at={createdAt} now={now} />
        </p>
      </div>
      <div className="divide-y divide-border border-b border-border">
        {keyRow("primary")}
        {keyRow("secondary")}
      </div>
      <DefinitionList rows={[{ term: "Calls today", value: <CallsToday {...subscription} /> }]} />
      <SubscriptionQuestions id={id} name={name} />
    </Plate>
  );
}

const count = (amount: number, one: string) => `${amount} ${amount === 1 ? one : `${one}s`}`;

function CallsToday({ callsToday, endUsersToday, mostCallsToday }: Subscription) {
  return (
    <>
      <p>
        {callsToday === 0 ? "None" : `${count(callsToday, "call")} for ${count(endUsersToday, "end user")}`}
      </p>
      <p className="text-sm text-ink-muted">
        {callsToday > 0 && `At most ${mostCallsToday} of ${DAILY_CALL_LIMIT} for one end user. `}
        {mostCallsToday === DAILY_CALL_LIMIT && "More are refused until midnight. "}
        The day ends at midnight UTC.
      </p>
    </>
  );
}

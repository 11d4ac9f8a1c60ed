import { FactsPlate } from "#components/legrand/applications/facts-plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

type OverviewFactsProps = {
  application: {
    clientId: string;
    createdAt: Date;
    replyUrls: string[];
    scopes: string[];
  };
  now: Date;
};

const count = (amount: number, one: string) => `${amount} ${amount === 1 ? one : `${one}s`}`;

/** Says in numbers what is registered, and leads to what a developer needs next. */
export function OverviewFacts({ application, now }: OverviewFactsProps) {
  const { clientId, createdAt, replyUrls, scopes } = application;
  const path = `/legrand/applications/${clientId}`;
  return (
    <FactsPlate
      title="At a glance"
      rows={[
        { term: "Registered", value: <RelativeTime at={createdAt} now={now} /> },
        {
          term: "It asks for",
          value: (
            <>
              {count(scopes.length, "scope")}, and returns to {count(replyUrls.length, "reply URL")}.{" "}
              <a href={`${path}/reply-urls-and-scopes`}>See them</a>
            </>
          ),
        },
        {
          term: "Next",
          value: (
            <>
              Copy the <a href={`${path}/credentials#settings`}>settings to paste</a> into your code,{" "}
              <a href="/legrand/subscriptions">get a subscription key</a>, and{" "}
              <a href="/legrand/apis">call the APIs</a>.
            </>
          ),
        },
      ]}
    />
  );
}

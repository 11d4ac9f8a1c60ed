import { TryIt } from "#components/legrand/apis/try-it.tsx";
import { startOf, writeCurl, type TriedOperation } from "#components/legrand/apis/write-request.ts";
import { Copyable } from "#components/ui/copyable.tsx";
import { Plate } from "#components/ui/plate.tsx";

type Props = {
  operation: TriedOperation;
  /**
   * The developer's own subscriptions in the order of their creation, or null without a signed-in account.
   */
  subscriptions: { id: string; name: string }[] | null;
  /** The return address after signing in. */
  signInHref: string;
};

/**
 * Lets a developer send the operation from this page, with their own key and an access token that they paste.
 */
export function TryItSection({ operation, subscriptions, signInHref }: Props) {
  const keys = (subscriptions ?? []).flatMap(({ id, name }) => [
    { value: `primary-${id}`, label: `Primary key of ${name}` },
    { value: `secondary-${id}`, label: `Secondary key of ${name}` },
  ]);
  return (
    <Plate
      as="section"
      id="try-it"
      aria-labelledby="try-it-title"
      className="grid scroll-mt-4 grid-cols-1 gap-4 p-5"
    >
      <div className="grid gap-2">
        <h2 id="try-it-title" className="text-md">
          Try it
        </h2>
        {!subscriptions && (
          <p>
            <a href={signInHref}>Sign in</a> to send it from here with your subscription key.
          </p>
        )}
        {subscriptions && keys.length === 0 && (
          <p>
            You have no subscription key yet:{" "}
            <a href="/legrand/subscriptions">subscribe to the Starter Kit</a>. It is free.
          </p>
        )}
        <p className="hidden noscript:block">
          Without JavaScript nothing can be sent from this page: use the command.
        </p>
      </div>
      {keys.length > 0 ? (
        <TryIt operation={operation} keys={keys} />
      ) : (
        <Copyable label="Command" value={writeCurl(startOf(operation))} multiline />
      )}
    </Plate>
  );
}

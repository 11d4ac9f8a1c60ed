import { FactsPlate } from "#components/legrand/applications/facts-plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

type AccessFactsProps = {
  /** The number of people who granted access. */
  people: number;
  lastUsedAt: Date | null;
  /** When an access ends by itself, as the end of a sentence. */
  lifetime: string;
  now: Date;
};

/** Shows how many people gave the application access, its last use, and how long an access lasts. */
export function AccessFacts({ people, lastUsedAt, lifetime, now }: AccessFactsProps) {
  return (
    <>
      <FactsPlate
        title="Use"
        rows={[
          { term: "People with access", value: people === 0 ? "none yet" : people.toLocaleString("en") },
          {
            term: "Last used",
            value: lastUsedAt ? <RelativeTime at={lastUsedAt} now={now} /> : "never used",
          },
        ]}
      />
      <FactsPlate
        title="How long access lasts"
        rows={[
          { term: "Access token", value: "Ends after one hour." },
          {
            term: "Refresh token",
            value: (
              <p className="max-w-text">
                Ends {lifetime}. Then send the person through the authorization request again. Every refresh
                brings a new one, and <code>refresh_token_expires_in</code> says how long it lasts.
              </p>
            ),
          },
          {
            term: "Taken back",
            value: (
              <p className="max-w-text">
                A person can end it at any time, under Third-party access. Its tokens then stop working
                immediately, and a refresh is refused with <code>invalid_grant</code>.
              </p>
            ),
          },
        ]}
      />
    </>
  );
}

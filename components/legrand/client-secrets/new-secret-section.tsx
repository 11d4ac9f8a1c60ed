import { SecretForm } from "#components/legrand/client-secrets/secret-form.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { ALIVE_SECRETS_LIMIT } from "#lib/legrand/client-secrets/client-secret-constants.ts";

type NewSecretSectionProps = {
  clientId: string;
  secrets: { expiresAt: Date }[];
  now: Date;
  form: { label: string; lifetimeDays: number; error?: string };
};

/** Says how many client secrets are valid, and generates another one. */
export function NewSecretSection({ clientId, secrets, now, form }: NewSecretSectionProps) {
  const alive = secrets.filter(({ expiresAt }) => expiresAt > now);
  return (
    <Plate as="section" className="grid grid-cols-1 gap-3 p-5">
      <div>
        <h2 className="text-md">Client secrets</h2>
        <p className="text-ink-muted">
          {alive.length === 0 ? (
            <span className="font-medium text-danger">
              No valid client secret: the application cannot get tokens with one until you generate a new one.
            </span>
          ) : (
            <Alive alive={alive} now={now} />
          )}{" "}
          {secrets.length > 0 && <a href={`/legrand/applications/${clientId}/credentials`}>See all</a>}
        </p>
      </div>
      {alive.length < ALIVE_SECRETS_LIMIT ? (
        <SecretForm clientId={clientId} {...form} />
      ) : (
        <p>
          {ALIVE_SECRETS_LIMIT} client secrets are valid, which is the maximum. Delete one to generate
          another.
        </p>
      )}
    </Plate>
  );
}

function Alive({ alive, now }: { alive: { expiresAt: Date }[]; now: Date }) {
  const first = new Date(Math.min(...alive.map(({ expiresAt }) => expiresAt.getTime())));
  const end = <RelativeTime at={first} now={now} />;
  return alive.length === 1 ? (
    <>1 is valid, and expires {end}.</>
  ) : (
    <>
      {alive.length} are valid. The first one expires {end}.
    </>
  );
}

import { SecretForm } from "#components/legrand/client-secrets/secret-form.tsx";
import { SecretList } from "#components/legrand/client-secrets/secret-list.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { ALIVE_SECRETS_LIMIT } from "#lib/legrand/client-secrets/client-secret-constants.ts";
import type { ClientSecret } from "#lib/legrand/client-secrets/client-secret.ts";

type SecretsSectionProps = {
  application: { clientId: string; type: "web" | "mobile" };
  secrets: ClientSecret[];
  now: Date;
  form: { label: string; lifetimeDays: number; error?: string };
};

/**
 * Lists the secrets of the application and generates another one. Two active secrets allow a replacement
 * without an outage.
 */
export function SecretsSection({ application: { clientId, type }, secrets, now, form }: SecretsSectionProps) {
  const alive = secrets.filter(({ expiresAt }) => expiresAt > now).length;
  return (
    <Plate as="section">
      <div className="border-b border-border px-5 py-4">
        <h2 className="text-md">Client secrets</h2>
        <p className="max-w-text text-sm text-ink-muted">
          To rotate without downtime, generate a new secret, switch your application to it, then delete the
          old one when its last use no longer changes.
          {type === "mobile" &&
            " A mobile application that sends PKCE may leave the secret out of its token requests."}
        </p>
      </div>
      {secrets.length > 0 && <SecretList clientId={clientId} secrets={secrets} now={now} />}
      <div className="border-t border-border px-5 py-4">
        {alive === 0 && (
          <p className="mb-3 font-medium text-danger">
            No valid client secret: the application cannot get tokens with one until you generate a new one.
          </p>
        )}
        {alive < ALIVE_SECRETS_LIMIT ? (
          <SecretForm clientId={clientId} {...form} />
        ) : (
          <p className="text-ink-muted">
            {ALIVE_SECRETS_LIMIT} client secrets are valid, which is the maximum. Delete one to generate
            another.
          </p>
        )}
      </div>
    </Plate>
  );
}

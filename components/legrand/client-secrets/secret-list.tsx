import { Button } from "#components/ui/button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Status } from "#components/ui/status.tsx";
import { SECRET_EXPIRES_SOON_DAYS } from "#lib/legrand/client-secrets/client-secret-constants.ts";
import type { ClientSecret } from "#lib/legrand/client-secrets/client-secret.ts";

type SecretListProps = { clientId: string; secrets: ClientSecret[]; now: Date };

const SOON_MS = SECRET_EXPIRES_SOON_DAYS * 24 * 60 * 60 * 1000;

export function SecretList({ clientId, secrets, now }: SecretListProps) {
  return (
    <ul aria-label="Client secrets" className="divide-y divide-border">
      {secrets.map((secret) => (
        <li key={secret.id} className="flex flex-wrap items-center justify-between gap-x-5 gap-y-3 px-5 py-4">
          <div className="min-w-0 flex-auto basis-64">
            <h3 id={`secret-${secret.id}`} className="font-semibold wrap-anywhere">
              {secret.label}
            </h3>
            <p className="text-sm text-ink-muted">
              ends in <code>{secret.lastCharacters}</code> · made{" "}
              <RelativeTime at={secret.createdAt} now={now} />
              {secret.createdBy && ` by ${secret.createdBy}`}
            </p>
            <p className="text-sm text-ink-muted">
              {secret.lastUsedAt ? (
                <>
                  last used <RelativeTime at={secret.lastUsedAt} now={now} />
                </>
              ) : (
                "never used"
              )}
            </p>
          </div>
          <div className="flex flex-auto items-center justify-between gap-x-5 sm:flex-none">
            <SecretEnd at={secret.expiresAt} now={now} />
            {/* The link leads to a question on its own page. */}
            <form action={`/legrand/applications/${clientId}/secrets/${secret.id}/delete`}>
              <Button variant="danger-quiet" aria-describedby={`secret-${secret.id}`}>
                Delete
              </Button>
            </form>
          </div>
        </li>
      ))}
    </ul>
  );
}

function SecretEnd({ at, now }: { at: Date; now: Date }) {
  const left = at.getTime() - now.getTime();
  if (left <= 0)
    return (
      <Status tone="danger">
        <span>
          expired <RelativeTime at={at} now={now} />
        </span>
      </Status>
    );
  const word = (
    <span>
      expires <RelativeTime at={at} now={now} />
    </span>
  );
  return left <= SOON_MS ? <Status tone="warning">{word}</Status> : <Status tone="success">{word}</Status>;
}

import { CopyableCode } from "#components/ui/copyable-code.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

type InspectedFactsProps = {
  account: {
    id: string;
    providerAccountId: string;
    name: string | null;
    email: string | null;
    connectedAt: Date;
    authorizedAt: Date;
    refreshedAt: Date | null;
    accessTokenExpiresAt: Date | null;
    refreshTokenExpiresAt: Date | null;
    failedAttempts: number;
    retryAt: Date | null;
    disconnectedAt: Date | null;
  };
  /** Why the last refresh failed, in words. */
  trouble: string | null;
  now: Date;
};

/** Shows what is known of a linked account, and when each event happened or will happen; never a token. */
export function InspectedFacts({ account, trouble, now }: InspectedFactsProps) {
  const time = (at: Date | null, none: string) =>
    at ? <RelativeTime at={at} now={now} /> : <span className="text-ink-muted">{none}</span>;
  const isDisconnected = account.disconnectedAt !== null;
  return (
    <DefinitionList
      rows={[
        { term: "Name", value: account.name ?? <span className="text-ink-muted">Legrand gave none</span> },
        { term: "E-mail", value: account.email ?? <span className="text-ink-muted">Legrand gave none</span> },
        {
          term: "Legrand id",
          value: <CopyableCode label="Legrand id" value={account.providerAccountId} />,
        },
        { term: "Connect’s id", value: <CopyableCode label="Connect’s id" value={account.id} /> },
        { term: "Connected", value: time(account.connectedAt, "Never") },
        { term: "Access last allowed", value: time(account.authorizedAt, "Never") },
        { term: "Last refreshed", value: time(account.refreshedAt, "Not since it was allowed") },
        ...(isDisconnected
          ? [{ term: "Disconnected", value: time(account.disconnectedAt, "") }]
          : [
              { term: "Access token", value: <TokenEnd at={account.accessTokenExpiresAt} now={now} /> },
              {
                term: "Access",
                value: (
                  <TokenEnd at={account.refreshTokenExpiresAt ?? account.accessTokenExpiresAt} now={now} />
                ),
              },
              { term: "Failed refreshes", value: describeFailures(account.failedAttempts, trouble) },
              {
                term: "Next renewal",
                value: time(
                  account.retryAt,
                  !account.accessTokenExpiresAt && !account.refreshTokenExpiresAt
                    ? "None: no token is kept"
                    : account.failedAttempts
                      ? "When a person asks"
                      : "When a token is needed and the access token has ended",
                ),
              },
            ]),
      ]}
    />
  );
}

function TokenEnd({ at, now }: { at: Date | null; now: Date }) {
  if (!at) return <span className="text-ink-muted">None is kept</span>;
  return (
    <>
      {at > now ? "Ends " : "Ended "}
      <RelativeTime at={at} now={now} />
    </>
  );
}

function describeFailures(attempts: number, trouble: string | null): string {
  if (attempts === 0) return "None";
  return `${attempts === 1 ? "1 attempt" : `${attempts.toLocaleString("en")} attempts in a row`}${trouble ? `: ${trouble}` : ""}`;
}

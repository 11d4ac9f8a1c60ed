import { DefinitionList } from "#components/ui/definition-list.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

type AccountFactsProps = {
  account: {
    providerAccountId: string;
    connectedAt: Date;
    authorizedAt: Date;
    accessTokenExpiresAt: Date | null;
    refreshTokenExpiresAt: Date | null;
    refreshTokenFinal: boolean;
  };
  now: Date;
};

export function AccountFacts({ account, now }: AccountFactsProps) {
  return (
    <DefinitionList
      rows={[
        { term: "Legrand id", value: <code>{account.providerAccountId}</code> },
        { term: "Connected", value: <RelativeTime at={account.connectedAt} now={now} /> },
        { term: "Access last allowed", value: <RelativeTime at={account.authorizedAt} now={now} /> },
        { term: "Access token", value: <TokenEnd at={account.accessTokenExpiresAt} now={now} /> },
        {
          term: "Refresh token",
          value: (
            <>
              <TokenEnd at={account.refreshTokenExpiresAt} now={now} />
              {account.refreshTokenFinal && ", and cannot be extended"}
            </>
          ),
        },
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

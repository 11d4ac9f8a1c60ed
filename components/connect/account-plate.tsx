import { Avatar } from "#components/ui/avatar.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Status } from "#components/ui/status.tsx";

export type ConnectedAccount = {
  name: string | null;
  email: string | null;
  legrandId: string;
  connectedAt: Date;
  authorizedAt: Date;
  accessTokenExpiresAt: Date | null;
  refreshTokenExpiresAt: Date | null;
  state: "connected" | "reconnect_needed" | "disconnected";
};

export function AccountPlate({ account, now }: { account: ConnectedAccount; now: Date }) {
  const { name, email, state } = account;
  const title = name ?? email ?? "Legrand account";
  return (
    <Plate as="section" edge="connect" className="pt-[3px]">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-border px-5 py-4">
        <Avatar name={title} />
        <div className="min-w-0 flex-1">
          <h2 className="text-md">{title}</h2>
          {name && email && <p className="text-sm wrap-anywhere text-ink-muted">{email}</p>}
        </div>
        {state === "connected" ? <Status tone="success">Connected</Status> : <Status tone="warning">Reconnect needed</Status>}
      </div>
      <DefinitionList rows={accountRows(account, now)} />
    </Plate>
  );
}

function accountRows(account: ConnectedAccount, now: Date) {
  return [
    { term: "Legrand id", value: <code>{account.legrandId}</code> },
    { term: "Connected", value: <RelativeTime at={account.connectedAt} now={now} /> },
    { term: "Access last allowed", value: <RelativeTime at={account.authorizedAt} now={now} /> },
    { term: "Access token", value: <TokenEnd at={account.accessTokenExpiresAt} now={now} /> },
    { term: "Refresh token", value: <TokenEnd at={account.refreshTokenExpiresAt} now={now} /> },
  ];
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

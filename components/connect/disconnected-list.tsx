import { AccountConnectForm } from "#components/connect/forms.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

type Disconnected = {
  id: string;
  name: string | null;
  email: string | null;
  providerAccountId: string;
  disconnectedAt: Date | null;
  disconnectReason: string | null;
};

const DATE = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/**
 * Lists disconnected accounts by name and time, with a button that reconnects each. Stays open if an
 * administrator disconnected one.
 */
export function DisconnectedList({ accounts, now }: { accounts: Disconnected[]; now: Date }) {
  if (accounts.length === 0) return null;
  return (
    <Plate as="section">
      <details open={accounts.some(({ disconnectReason }) => disconnectReason !== null)}>
        <summary className="px-5 py-4 text-md">Disconnected earlier ({accounts.length})</summary>
        <ul className="divide-y divide-border border-t border-border">
          {accounts.map(({ id, name, email, providerAccountId, disconnectedAt, disconnectReason }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-5 py-3.5">
              <div className="min-w-0">
                <p className="font-medium wrap-anywhere">{name ?? email ?? providerAccountId}</p>
                {disconnectReason !== null && (
                  <p className="max-w-text text-sm wrap-anywhere whitespace-pre-line">
                    An administrator disconnected it{disconnectedAt && ` on ${DATE.format(disconnectedAt)}`}:
                    “{disconnectReason}”
                  </p>
                )}
                {disconnectedAt && disconnectReason === null && (
                  <p className="text-sm text-ink-muted">
                    Disconnected <RelativeTime at={disconnectedAt} now={now} />
                  </p>
                )}
              </div>
              <AccountConnectForm accountId={id} intent="reconnect" label="Connect again" />
            </li>
          ))}
        </ul>
      </details>
    </Plate>
  );
}

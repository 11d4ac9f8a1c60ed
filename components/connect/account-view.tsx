import type { ReactNode } from "react";
import { AccountPlate } from "#components/connect/account-plate.tsx";
import type { ConnectedAccount } from "#components/connect/account-plate.tsx";
import { ScopeList } from "#components/connect/scope-list.tsx";
import { Plate } from "#components/ui/plate.tsx";

type AccountViewProps = {
  account: ConnectedAccount & { id: string };
  granted: { name: string; label: string }[];
  notGranted: { name: string; label: string }[];
  askForMore: ReactNode;
  disconnect: ReactNode;
  now: Date;
};

/** One connected account. A page may show several, so their ids carry the account's. */
export function AccountView({ account, granted, notGranted, askForMore, disconnect, now }: AccountViewProps) {
  return (
    <div className="grid grid-cols-1 gap-5">
      <AccountPlate account={account} now={now} />
      <div className="grid grid-cols-1 items-start gap-5 md:grid-cols-2">
        <Plate as="section">
          <ScopeList id={`granted-scopes-${account.id}`} title="Granted scopes" scopes={granted} empty="Nothing is granted." />
        </Plate>
        <Plate as="section">
          <ScopeList id={`not-granted-scopes-${account.id}`} title="Requested, not granted" scopes={notGranted} empty="You granted everything that was requested." />
          {askForMore && <div className="border-t border-border p-5 empty:hidden">{askForMore}</div>}
        </Plate>
      </div>
      <Plate as="section" className="flex flex-wrap items-center justify-between gap-4 p-5">
        <div className="min-w-0">
          <h2 className="text-md">Disconnect this account</h2>
          <p className="text-ink-muted">Connect revokes its tokens and forgets the account. You can connect it again later.</p>
        </div>
        {disconnect}
      </Plate>
    </div>
  );
}

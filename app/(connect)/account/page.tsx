import type { Metadata } from "next";

import { AccountView } from "#components/connect/account-view.tsx";
import { AskForMoreForm } from "#components/connect/ask-for-more-form.tsx";
import { ConnectForm, DisconnectForm, SignOutForm } from "#components/connect/forms.tsx";
import { NoAccountView } from "#components/connect/no-account-view.tsx";
import { ConnectShell } from "#components/layout/connect-shell.tsx";
import { now } from "#lib/clock.ts";
import { requireUser } from "#lib/connect/auth.ts";
import { MORE_SCOPES, nameScope } from "#lib/connect/cloud/scopes.ts";
import { listLinkedAccounts, type LinkedAccount } from "#lib/connect/linked-accounts/store.ts";

export const metadata: Metadata = { title: "Connected account" };

export default async function AccountPage() {
  const user = await requireUser();
  const accounts = await listLinkedAccounts(user);
  return (
    <ConnectShell signedIn={user} current="account" signOut={<SignOutForm />}>
      <div className="grid grid-cols-1 gap-5">
        <h1 className="text-xl">Connected account</h1>
        {accounts.length === 0 && <NoAccountView connectAction={<ConnectForm />} />}
        {accounts.map((account) => <LinkedAccountSection key={account.id} account={account} />)}
      </div>
    </ConnectShell>
  );
}

function LinkedAccountSection({ account }: { account: LinkedAccount }) {
  const { id, grantedScopes, requestedScopes } = account;
  const notGranted = requestedScopes.filter((scope) => !grantedScopes.includes(scope));
  const more = [...new Set([...notGranted, ...MORE_SCOPES])].filter((scope) => !grantedScopes.includes(scope));
  return (
    <AccountView
      account={{ ...account, legrandId: account.providerAccountId }}
      granted={grantedScopes.map(nameScope)}
      notGranted={notGranted.map(nameScope)}
      askForMore={<AskForMoreForm action="/connect" accountId={id} scopes={more.map(nameScope)} />}
      disconnect={<DisconnectForm id={id} />}
      now={now()}
    />
  );
}

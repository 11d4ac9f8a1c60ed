import type { Metadata } from "next";

import { AccountView } from "#components/connect/account-view.tsx";
import { AskForMoreForm } from "#components/connect/ask-for-more-form.tsx";
import { ConnectForm, DisconnectForm, SignOutForm } from "#components/connect/forms.tsx";
import { NoAccountView } from "#components/connect/no-account-view.tsx";
import { ConnectShell } from "#components/layout/connect-shell.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { now } from "#lib/clock.ts";
import { requireUser } from "#lib/connect/auth.ts";
import { MORE_SCOPES, nameScope } from "#lib/connect/cloud/scopes.ts";
import { listLinkedAccounts, type LinkedAccount } from "#lib/connect/linked-accounts/store.ts";

export const metadata: Metadata = { title: "Connected account" };

type Props = { searchParams: Promise<{ disconnected?: string }> };

const DISCONNECTED: Record<string, string> = {
  revoked: "The account is disconnected. Its tokens are revoked at Legrand and deleted here.",
  forgotten: "The account is disconnected and its tokens are deleted here. Legrand could not be told: remove the access there too, under Third-party access.",
};

export default async function AccountPage({ searchParams }: Props) {
  const user = await requireUser();
  const accounts = await listLinkedAccounts(user);
  const message = DISCONNECTED[(await searchParams).disconnected ?? ""];
  const notice = message && <Notice tone="info">{message}</Notice>;
  return (
    <ConnectShell signedIn={user} current="account" signOut={<SignOutForm />}>
      {accounts.length === 0 && <>{notice}<NoAccountView connectAction={<ConnectForm />} /></>}
      {accounts.map((account, index) => <LinkedAccountSection key={account.id} account={account} notice={index === 0 && notice} />)}
    </ConnectShell>
  );
}

function LinkedAccountSection({ account, notice }: { account: LinkedAccount; notice: React.ReactNode }) {
  const { grantedScopes, requestedScopes } = account;
  const notGranted = requestedScopes.filter((scope) => !grantedScopes.includes(scope));
  const more = [...new Set([...notGranted, ...MORE_SCOPES])].filter((scope) => !grantedScopes.includes(scope));
  return (
    <AccountView
      account={{ ...account, legrandId: account.providerAccountId }}
      granted={grantedScopes.map(nameScope)}
      notGranted={notGranted.map(nameScope)}
      askForMore={<AskForMoreForm action="/connect" scopes={more.map(nameScope)} />}
      disconnect={<DisconnectForm id={account.id} />}
      notice={notice}
      now={now()}
    />
  );
}

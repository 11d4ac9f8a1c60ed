import type { Metadata } from "next";

import { LinkedAccountSection } from "./linked-account-section.tsx";
import { ConnectFirstView } from "#components/connect/connect-first-view.tsx";
import { DisconnectedList } from "#components/connect/disconnected-list.tsx";
import { ConnectAnotherForm, ConnectForm, SignOutForm } from "#components/connect/forms.tsx";
import { NoAccountView } from "#components/connect/no-account-view.tsx";
import { ConnectShell } from "#components/layout/connect-shell.tsx";
import { OutcomeNotice } from "#components/ui/outcome-notice.tsx";
import { now } from "#lib/clock.ts";
import { accountNotice } from "#lib/connect/linked-accounts/account-notice.ts";
import { findUser } from "#lib/connect/auth/auth.ts";
import { thermostatNotice } from "#lib/connect/homes/thermostat-notice.ts";
import { describeNotice } from "#lib/connect/linked-accounts/describe-notice.ts";
import { listLinkedAccounts } from "#lib/connect/linked-accounts/store.ts";
import { readQueryValue, type PageQuery } from "#lib/http/read-query-value.ts";

export const metadata: Metadata = { title: "Connected account" };

/** From this many accounts on, rarely used parts are collapsed. */
const COMPACT_FROM = 3;

export default async function AccountPage({ searchParams }: { searchParams: PageQuery }) {
  const user = await findUser();
  if (!user)
    return (
      <ConnectShell signedIn={null}>
        <ConnectFirstView connectAction={<ConnectForm />} />
      </ConnectShell>
    );
  const [accounts, notice, homes] = [
    await listLinkedAccounts(user),
    await thermostatNotice.find(),
    await readQueryValue(searchParams, "homes"),
  ];
  const outcome = await describeNotice(user, await accountNotice.find(), accounts, now());
  const connected = accounts.filter(({ state }) => state !== "disconnected");
  const disconnected = accounts.filter(({ state }) => state === "disconnected");
  return (
    <ConnectShell signedIn={user} current="account" signOut={<SignOutForm />}>
      <div className="grid grid-cols-1 gap-5">
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <h1 className="text-xl">Connected account</h1>
          {connected.length > 0 && <ConnectAnotherForm />}
        </div>
        {outcome && <OutcomeNotice tone={outcome.tone}>{outcome.text}</OutcomeNotice>}
        {connected.length === 0 && <NoAccountView connectAction={<ConnectForm />} />}
        <div className="grid grid-cols-1 gap-12 empty:hidden">
          {connected.map((account) => (
            <LinkedAccountSection
              key={account.id}
              user={user}
              account={account}
              isCompact={connected.length >= COMPACT_FROM}
              // The result of a form is shown and focused at the form. That part of the page must not be
              // deferred.
              notice={notice?.account === account.id ? notice : null}
              isAwaited={homes === "shown" || notice?.account === account.id}
            />
          ))}
        </div>
        <DisconnectedList accounts={disconnected} now={now()} />
        <p className="text-sm text-ink-muted">
          Download or delete what Connect stores about you under{" "}
          <a href="/account/data" className="font-medium text-ink">
            Your data
          </a>
          .
        </p>
      </div>
    </ConnectShell>
  );
}

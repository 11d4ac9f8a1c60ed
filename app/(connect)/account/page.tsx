import type { Metadata } from "next";

import { LinkedAccountSection } from "./linked-account-section.tsx";
import { AccountHeading } from "#components/connect/account-heading.tsx";
import { ConnectFirstView } from "#components/connect/connect-first-view.tsx";
import { DisconnectedList } from "#components/connect/disconnected-list.tsx";
import { ConnectForm, SignOutForm } from "#components/connect/forms.tsx";
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
      <div className="grid grid-cols-1 gap-3">
        <AccountHeading canConnectAnother={connected.length > 0} />
        {outcome && <OutcomeNotice tone={outcome.tone}>{outcome.text}</OutcomeNotice>}
        {connected.length === 0 && <NoAccountView connectAction={<ConnectForm />} />}
        {connected.map((account, index) => {
          // The result of a form is shown and focused at the form. That part of the page must not be
          // deferred, and its account must be open.
          const own = notice?.account === account.id ? notice : null;
          const isOpen = index === 0 || own !== null || account.state !== "connected";
          return (
            <LinkedAccountSection
              key={account.id}
              user={user}
              account={account}
              fold={connected.length === 1 ? "none" : isOpen ? "open" : "closed"}
              notice={own}
              isAwaited={homes === "shown" || own !== null}
            />
          );
        })}
        <DisconnectedList accounts={disconnected} now={now()} />
      </div>
    </ConnectShell>
  );
}

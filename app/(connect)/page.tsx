import { headers } from "next/headers";

import { ConnectForm, SignOutForm } from "#components/connect/forms.tsx";
import { LandingView } from "#components/connect/landing-view.tsx";
import { ConnectShell } from "#components/layout/connect-shell.tsx";
import { OutcomeNotice } from "#components/ui/outcome-notice.tsx";
import { now } from "#lib/clock.ts";
import { findUser } from "#lib/connect/auth/auth.ts";
import { accountNotice } from "#lib/connect/linked-accounts/account-notice.ts";
import { describeLeaving } from "#lib/connect/disconnecting/describe-leaving.ts";
import { env } from "#lib/env.ts";
import { areSandboxAccountsOpen } from "#lib/http/are-sandbox-accounts-open.ts";

export default async function HomePage() {
  const user = await findUser();
  const left = await accountNotice.find();
  const notice =
    left?.about === "disconnected" || left?.about === "deleted" ? describeLeaving(left, null, now()) : null;
  return (
    <ConnectShell signedIn={user} current="home" signOut={<SignOutForm />}>
      {notice && (
        <div className="mb-8">
          <OutcomeNotice tone={notice.tone}>{notice.text}</OutcomeNotice>
        </div>
      )}
      <LandingView
        connectAction={<ConnectForm />}
        signedIn={user !== null}
        sandbox={areSandboxAccountsOpen(await headers())}
        portalUrl={env().sandbox ? "/legrand/applications" : null}
      />
    </ConnectShell>
  );
}

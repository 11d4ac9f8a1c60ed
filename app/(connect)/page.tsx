import { headers } from "next/headers";

import { ConnectForm, SignOutForm } from "#components/connect/forms.tsx";
import { LandingView } from "#components/connect/landing-view.tsx";
import { ConnectShell } from "#components/layout/connect-shell.tsx";
import { OutcomeNotice } from "#components/ui/outcome-notice.tsx";
import { now } from "#lib/clock.ts";
import { findUser } from "#lib/connect/auth.ts";
import { describeLeaving } from "#lib/connect/leaving/describe-leaving.ts";
import { env } from "#lib/env.ts";
import { areSandboxAccountsOpen } from "#lib/http/are-sandbox-accounts-open.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function HomePage({ searchParams }: Props) {
  const user = await findUser();
  const notice = describeLeaving(await searchParams, null, now());
  return (
    <ConnectShell signedIn={user} current="home" signOut={<SignOutForm />}>
      {notice && <div className="mb-8"><OutcomeNotice tone={notice.tone}>{notice.text}</OutcomeNotice></div>}
      <LandingView
        connectAction={<ConnectForm />}
        signedIn={user !== null}
        sandbox={areSandboxAccountsOpen(await headers())}
        portalUrl={env().sandbox ? "/legrand/applications" : null}
      />
    </ConnectShell>
  );
}

import type { Metadata } from "next";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { AccessFacts } from "#components/legrand/applications/access-facts.tsx";
import { ApplicationFrame } from "#components/legrand/applications/application-frame.tsx";
import { SuspendedNotice } from "#components/legrand/applications/suspended-notice.tsx";
import { now } from "#lib/clock.ts";
import { env } from "#lib/env.ts";
import { applicationPath } from "#lib/legrand/applications/application-path.ts";
import { requireOwned } from "#lib/legrand/applications/owned.ts";
import { countPeople } from "#lib/legrand/applications/state.store.ts";
import { describeLifetime } from "#lib/legrand/grants/describe-lifetime.ts";
import { applicationTitle } from "#lib/legrand/portal/application-title.ts";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { requireAccount } from "#lib/legrand/portal/session.ts";

type Props = { params: Promise<{ clientId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return applicationTitle((await params).clientId, (name) => `Access of ${name}`);
}

export default async function AccessPage({ params }: Props) {
  const { clientId } = await params;
  const account = await requireAccount(applicationPath(clientId, "access"));
  const application = await requireOwned(account, clientId);
  return (
    <LegrandShell {...await portalShell(account)} current="applications">
      <ApplicationFrame application={application} tab="access">
        <SuspendedNotice application={application} now={now()} />
        <AccessFacts
          people={await countPeople(application)}
          lastUsedAt={application.lastUsedAt}
          lifetime={describeLifetime(env().sandbox!.refreshMaxDays)}
          now={now()}
        />
      </ApplicationFrame>
    </LegrandShell>
  );
}

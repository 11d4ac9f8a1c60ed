import type { Metadata } from "next";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { ApplicationFrame } from "#components/legrand/applications/application-frame.tsx";
import { EndSection } from "#components/legrand/applications/end-section.tsx";
import { SettingsFacts } from "#components/legrand/applications/settings-facts.tsx";
import { SuspendedNotice } from "#components/legrand/applications/suspended-notice.tsx";
import { NoticeSummary } from "#components/legrand/notice-summary.tsx";
import { now } from "#lib/clock.ts";
import { applicationPath } from "#lib/legrand/applications/application-path.ts";
import { refreshPolicyOf } from "#lib/legrand/applications/compatibility.ts";
import { requireOwned } from "#lib/legrand/applications/owned.ts";
import { applicationTitle } from "#lib/legrand/portal/application-title.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { requireAccount } from "#lib/legrand/portal/session.ts";

type Props = { params: Promise<{ clientId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return applicationTitle((await params).clientId, (name) => `Settings of ${name}`);
}

export default async function SettingsPage({ params }: Props) {
  const { clientId } = await params;
  const path = applicationPath(clientId, "settings");
  const account = await requireAccount(path);
  const application = await requireOwned(account, clientId);
  const { state } = application;
  return (
    <LegrandShell {...await portalShell(account)} current="applications">
      <ApplicationFrame application={application} tab="settings">
        <NoticeSummary notice={await formNotice(path).find()} />
        <SuspendedNotice application={application} now={now()} />
        <SettingsFacts application={{ ...application, refreshPolicy: refreshPolicyOf(application) }} />
        <EndSection clientId={clientId} state={state} />
      </ApplicationFrame>
    </LegrandShell>
  );
}

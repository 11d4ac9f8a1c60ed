import type { Metadata } from "next";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { ApplicationFrame } from "#components/legrand/applications/application-frame.tsx";
import { SettingsSection } from "#components/legrand/applications/settings-section.tsx";
import { SuspendedNotice } from "#components/legrand/applications/suspended-notice.tsx";
import { SecretsTable } from "#components/legrand/client-secrets/secrets-table.tsx";
import { NoticeSummary } from "#components/legrand/notice-summary.tsx";
import { now } from "#lib/clock.ts";
import { env } from "#lib/env.ts";
import { applicationPath } from "#lib/legrand/applications/application-path.ts";
import { requireOwned } from "#lib/legrand/applications/owned.ts";
import { clientFacts } from "#lib/legrand/applications/settings/client-facts.ts";
import { describeClientSettings } from "#lib/legrand/applications/settings/client-settings.ts";
import { listSecrets } from "#lib/legrand/client-secrets/store.ts";
import { applicationTitle } from "#lib/legrand/portal/application-title.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { requireAccount } from "#lib/legrand/portal/session.ts";
import { orderScopes } from "#lib/legrand/scopes.ts";

type Props = { params: Promise<{ clientId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return applicationTitle((await params).clientId, (name) => `Credentials of ${name}`);
}

export default async function CredentialsPage({ params }: Props) {
  const path = applicationPath((await params).clientId, "credentials");
  const account = await requireAccount(path);
  const application = await requireOwned(account, (await params).clientId);
  const [secrets, notice] = await Promise.all([listSecrets(application), formNotice(path).find()]);
  const ordered = { ...application, scopes: orderScopes(application.scopes) };
  return (
    <LegrandShell {...await portalShell(account)} current="applications">
      <ApplicationFrame application={application} tab="credentials">
        <NoticeSummary notice={notice} />
        <SuspendedNotice application={application} now={now()} />
        <SecretsTable application={application} secrets={secrets} now={now()} />
        <SettingsSection settings={describeClientSettings(clientFacts(ordered, env().sandbox!.issuer))} />
      </ApplicationFrame>
    </LegrandShell>
  );
}

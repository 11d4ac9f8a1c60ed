import type { Metadata } from "next";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { ApplicationFrame } from "#components/legrand/applications/application-frame.tsx";
import { AttemptsView } from "#components/legrand/request-log/attempts-view.tsx";
import { now } from "#lib/clock.ts";
import { type PageQuery, readQuery } from "#lib/http/read-query-value.ts";
import { applicationPath } from "#lib/legrand/applications/application-path.ts";
import { requireOwned } from "#lib/legrand/applications/owned.ts";
import { applicationTitle } from "#lib/legrand/portal/application-title.ts";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { requireAccount } from "#lib/legrand/portal/session.ts";
import { showAttempts } from "#lib/legrand/request-log/show-attempts.ts";

type Props = { params: Promise<{ clientId: string }>; searchParams: PageQuery };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return applicationTitle((await params).clientId, (name) => `Attempts of ${name}`);
}

export default async function AttemptsPage({ params, searchParams }: Props) {
  const path = applicationPath((await params).clientId, "attempts");
  const account = await requireAccount(path);
  const application = await requireOwned(account, (await params).clientId);
  const shown = await showAttempts(account, application, await readQuery(searchParams));
  return (
    <LegrandShell {...await portalShell(account)} current="applications">
      <ApplicationFrame application={application} tab="attempts">
        <AttemptsView path={path} shown={shown} now={now()} />
      </ApplicationFrame>
    </LegrandShell>
  );
}

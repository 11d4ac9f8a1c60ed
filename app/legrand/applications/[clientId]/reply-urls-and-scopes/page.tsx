import type { Metadata } from "next";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { ApplicationFrame } from "#components/legrand/applications/application-frame.tsx";
import { RegisteredLists } from "#components/legrand/applications/registered-lists.tsx";
import { SuspendedNotice } from "#components/legrand/applications/suspended-notice.tsx";
import { NoticeSummary } from "#components/legrand/notice-summary.tsx";
import { now } from "#lib/clock.ts";
import { applicationPath } from "#lib/legrand/applications/application-path.ts";
import { requireOwned } from "#lib/legrand/applications/owned.ts";
import { applicationTitle } from "#lib/legrand/portal/application-title.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { requireAccount } from "#lib/legrand/portal/session.ts";
import { orderScopes } from "#lib/legrand/scopes.ts";

type Props = { params: Promise<{ clientId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return applicationTitle((await params).clientId, (name) => `Reply URLs and scopes of ${name}`);
}

export default async function ReplyUrlsAndScopesPage({ params }: Props) {
  const { clientId } = await params;
  const path = applicationPath(clientId, "reply-urls-and-scopes");
  const account = await requireAccount(path);
  const application = await requireOwned(account, clientId);
  return (
    <LegrandShell {...await portalShell(account)} current="applications">
      <ApplicationFrame application={application} tab="reply-urls-and-scopes">
        <NoticeSummary notice={await formNotice(path).find()} />
        <SuspendedNotice application={application} now={now()} />
        <RegisteredLists application={{ ...application, scopes: orderScopes(application.scopes) }} />
      </ApplicationFrame>
    </LegrandShell>
  );
}

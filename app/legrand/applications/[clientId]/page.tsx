import type { Metadata } from "next";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { ApplicationFrame } from "#components/legrand/applications/application-frame.tsx";
import { OverviewFacts } from "#components/legrand/applications/overview-facts.tsx";
import { SuspendedNotice } from "#components/legrand/applications/suspended-notice.tsx";
import { NoticeSummary } from "#components/legrand/notice-summary.tsx";
import { NewSecretSection } from "#components/legrand/client-secrets/new-secret-section.tsx";
import { SecretGone, SecretNotMade, SecretPanel } from "#components/legrand/client-secrets/secret-panel.tsx";
import { Copyable } from "#components/ui/copyable.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { now } from "#lib/clock.ts";
import { applicationPath } from "#lib/legrand/applications/application-path.ts";
import { requireOwned } from "#lib/legrand/applications/owned.ts";
import { describeSecretForm } from "#lib/legrand/client-secrets/describe-secret-form.ts";
import { receiveSecret } from "#lib/legrand/client-secrets/receive-secret.ts";
import { describeSecretMail } from "#lib/legrand/client-secrets/secret-mails.ts";
import { listSecrets } from "#lib/legrand/client-secrets/store.ts";
import { postSandboxMail } from "#lib/legrand/mail/sandbox-mail.ts";
import { applicationTitle } from "#lib/legrand/portal/application-title.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { requireAccount } from "#lib/legrand/portal/session.ts";

type Props = { params: Promise<{ clientId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return applicationTitle((await params).clientId, (name) => name);
}

export default async function ApplicationPage({ params }: Props) {
  const path = applicationPath((await params).clientId);
  const account = await requireAccount(path);
  const application = await requireOwned(account, (await params).clientId);
  const notice = await formNotice(path).find();
  // The last step that can fail before the page is sent, because the ticket shows the secret only once.
  const fresh = await receiveSecret(application);
  const secrets = await listSecrets(application);
  const secret = typeof fresh === "object" ? fresh : null;
  if (secret) postSandboxMail(describeSecretMail(account, application, secret));
  const { clientId, suspendedAt } = application;
  // A notice about something newer takes the place of the note about a secret that was shown before.
  const isQuiet = !notice && !suspendedAt;
  return (
    <LegrandShell {...await portalShell(account)} current="applications">
      <ApplicationFrame application={application} tab="overview">
        <NoticeSummary notice={notice} />
        <SuspendedNotice
          application={application}
          isNew={notice?.tone === "success" && !notice.message}
          now={now()}
        />
        {fresh === "spent" && isQuiet && <SecretGone />}
        {fresh === "expired" && <SecretNotMade />}
        {secret && <SecretPanel secret={secret} />}
        <Plate className="p-5">
          <Copyable label="Client ID" value={clientId} />
        </Plate>
        <NewSecretSection
          clientId={clientId}
          secrets={secrets}
          now={now()}
          form={describeSecretForm(notice, secrets)}
        />
        <OverviewFacts application={application} now={now()} />
      </ApplicationFrame>
    </LegrandShell>
  );
}

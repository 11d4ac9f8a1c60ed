import type { Metadata } from "next";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { ApplicationFacts } from "#components/legrand/applications/application-facts.tsx";
import { ApplicationLogo } from "#components/legrand/applications/application-logo.tsx";
import { ApplicationStatus } from "#components/legrand/applications/application-status.tsx";
import { EndSection } from "#components/legrand/applications/end-section.tsx";
import { NoticeSummary } from "#components/legrand/notice-summary.tsx";
import { PortalHeading } from "#components/legrand/applications/portal-heading.tsx";
import { SettingsSection } from "#components/legrand/applications/settings-section.tsx";
import { SecretGone, SecretNotMade, SecretPanel } from "#components/legrand/client-secrets/secret-panel.tsx";
import { SecretsSection } from "#components/legrand/client-secrets/secrets-section.tsx";
import { Copyable } from "#components/ui/copyable.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { now } from "#lib/clock.ts";
import { env } from "#lib/env.ts";
import { applicationTitle } from "#lib/legrand/portal/application-title.ts";
import { refreshPolicyOf } from "#lib/legrand/applications/compatibility.ts";
import { requireOwned } from "#lib/legrand/applications/owned.ts";
import { clientFacts } from "#lib/legrand/applications/settings/client-facts.ts";
import { describeClientSettings } from "#lib/legrand/applications/settings/client-settings.ts";
import { countDependents } from "#lib/legrand/applications/state.store.ts";
import { describeSecretForm } from "#lib/legrand/client-secrets/describe-secret-form.ts";
import { receiveSecret } from "#lib/legrand/client-secrets/receive-secret.ts";
import { describeSecretMail } from "#lib/legrand/client-secrets/secret-mails.ts";
import { listSecrets } from "#lib/legrand/client-secrets/store.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { describeLifetime } from "#lib/legrand/grants/describe-lifetime.ts";
import { postSandboxMail } from "#lib/legrand/mail/sandbox-mail.ts";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { orderScopes } from "#lib/legrand/scopes.ts";
import { requireAccount } from "#lib/legrand/portal/session.ts";

type Props = { params: Promise<{ clientId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return applicationTitle((await params).clientId, (name) => name);
}

export default async function ApplicationPage({ params }: Props) {
  const path = `/legrand/applications/${(await params).clientId}`;
  const account = await requireAccount(path);
  const application = await requireOwned(account, (await params).clientId);
  const [{ people }, notice] = await Promise.all([countDependents(application), formNotice(path).find()]);
  // The last step that can fail before the page is sent, because the ticket shows the secret only once.
  const fresh = await receiveSecret(application);
  const secrets = await listSecrets(application);
  const secret = typeof fresh === "object" ? fresh : null;
  if (secret) postSandboxMail(describeSecretMail(account, application, secret));
  const { clientId, name, logoPath, state, suspendedAt } = application;
  const ordered = {
    ...application,
    scopes: orderScopes(application.scopes),
    refreshPolicy: refreshPolicyOf(application),
  };
  return (
    <LegrandShell {...await portalShell(account)} current="applications">
      <PortalHeading title={name} logo={<ApplicationLogo name={name} logoPath={logoPath} />}>
        <ApplicationStatus state={state} />
      </PortalHeading>
      <div className="grid grid-cols-1 gap-5">
        <NoticeSummary notice={notice} />
        {suspendedAt && (
          <Notice tone="warning">
            <p>
              Suspended <RelativeTime at={suspendedAt} now={now()} />: authorization requests, token requests
              and API calls are refused until you resume it.
            </p>
          </Notice>
        )}
        {fresh === "spent" && <SecretGone />}
        {fresh === "expired" && <SecretNotMade />}
        {secret && <SecretPanel secret={secret} />}
        <Plate className="p-5">
          <Copyable label="Client ID" value={clientId} />
        </Plate>
        <SecretsSection
          application={application}
          secrets={secrets}
          now={now()}
          form={describeSecretForm(notice, secrets)}
        />
        <SettingsSection settings={describeClientSettings(clientFacts(ordered, env().sandbox!.issuer))} />
        <ApplicationFacts
          application={ordered}
          people={people}
          lifetime={describeLifetime(env().sandbox!.refreshMaxDays)}
          now={now()}
        />
        <EndSection clientId={clientId} state={state} />
      </div>
    </LegrandShell>
  );
}

import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { ApplicationFrame } from "#components/legrand/applications/application-frame.tsx";
import { NoticeSummary } from "#components/legrand/notice-summary.tsx";
import { QuestionPlate } from "#components/ui/question-plate.tsx";
import { OnlySecret, SecretUse } from "#components/legrand/client-secrets/secret-use.tsx";
import { now } from "#lib/clock.ts";
import { applicationTitle } from "#lib/legrand/portal/application-title.ts";
import { requireOwned } from "#lib/legrand/applications/owned.ts";
import { listSecrets } from "#lib/legrand/client-secrets/store.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { requireAccount } from "#lib/legrand/portal/session.ts";

type Props = { params: Promise<{ clientId: string; secretId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return applicationTitle((await params).clientId, (name) => `Delete client secret of ${name}`);
}

export default async function DeleteSecretPage({ params }: Props) {
  const { clientId, secretId } = await params;
  const path = `/legrand/applications/${clientId}`;
  const here = `${path}/secrets/${secretId}/delete`;
  const account = await requireAccount(here);
  const application = await requireOwned(account, clientId);
  const secrets = await listSecrets(application);
  const secret = secrets.find(({ id }) => id === secretId) ?? notFound();
  const alive = secrets.filter(({ expiresAt }) => expiresAt > now());
  const isOnlyOne = application.state === "active" && alive.length === 1 && alive[0] === secret;
  return (
    <LegrandShell {...await portalShell(account)} current="applications">
      <ApplicationFrame
        application={application}
        tab="credentials"
        title={`Delete client secret “${secret.label}”?`}
      >
        <NoticeSummary notice={await formNotice(here).find()} />
        <QuestionPlate
          action={`${here}/submit`}
          verb="Delete"
          keep={{ word: "Keep client secret", href: `${path}/credentials` }}
        >
          <SecretUse secret={secret} now={now()} />
          {isOnlyOne && <OnlySecret path={path} />}
        </QuestionPlate>
      </ApplicationFrame>
    </LegrandShell>
  );
}

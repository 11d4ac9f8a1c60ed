import type { Metadata } from "next";
import { headers } from "next/headers";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { ApplicationFrame } from "#components/legrand/applications/application-frame.tsx";
import { RegisterView } from "#components/legrand/reply-url-requests/register-view.tsx";
import { type PageQuery, readQueryValue } from "#lib/http/read-query-value.ts";
import { requireOwned } from "#lib/legrand/applications/owned.ts";
import { applicationTitle } from "#lib/legrand/portal/application-title.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { requireAccount } from "#lib/legrand/portal/session.ts";
import { describeQuestion } from "#lib/legrand/reply-url-requests/describe-question.ts";
import { registerPath } from "#lib/legrand/reply-url-requests/register-path.ts";

type Props = { params: Promise<{ clientId: string }>; searchParams: PageQuery };

const TITLE = "Register this reply URL?";

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return applicationTitle((await params).clientId, (name) => `${TITLE} ${name}`);
}

export default async function RegisterPage({ params, searchParams }: Props) {
  const { clientId } = await params;
  const ticket = (await readQueryValue(searchParams, "request")) ?? "";
  const account = await requireAccount(registerPath(clientId, ticket));
  const application = await requireOwned(account, clientId);
  const question = await describeQuestion(account, application, { ticket, headers: await headers() });
  const title = question.refusal?.title ?? TITLE;
  return (
    <LegrandShell {...await portalShell(account)} current="applications">
      <ApplicationFrame application={application} tab="reply-urls-and-scopes" title={title}>
        <RegisterView question={question} notice={await formNotice(registerPath(clientId)).find()} />
      </ApplicationFrame>
    </LegrandShell>
  );
}

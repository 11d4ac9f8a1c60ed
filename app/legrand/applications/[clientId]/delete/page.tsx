import type { Metadata } from "next";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { ApplicationFrame } from "#components/legrand/applications/application-frame.tsx";
import { DyingList } from "#components/legrand/applications/dying-list.tsx";
import { NoticeSummary } from "#components/legrand/notice-summary.tsx";
import { QuestionPlate } from "#components/ui/question-plate.tsx";
import { Field } from "#components/ui/field.tsx";
import { applicationTitle } from "#lib/legrand/portal/application-title.ts";
import { requireOwned } from "#lib/legrand/applications/owned.ts";
import { countDependents } from "#lib/legrand/applications/state.store.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { requireAccount } from "#lib/legrand/portal/session.ts";

type Props = { params: Promise<{ clientId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return applicationTitle((await params).clientId, (name) => `Delete ${name}`);
}

export default async function DeletePage({ params }: Props) {
  const path = `/legrand/applications/${(await params).clientId}`;
  const account = await requireAccount(`${path}/delete`);
  const application = await requireOwned(account, (await params).clientId);
  const [dependents, notice] = await Promise.all([
    countDependents(application),
    formNotice(`${path}/delete`).find(),
  ]);
  return (
    <LegrandShell {...await portalShell(account)} current="applications">
      <ApplicationFrame application={application} tab="settings" title={`Delete ${application.name}?`}>
        <NoticeSummary notice={notice} />
        <QuestionPlate
          action={`${path}/delete/submit`}
          verb="Delete application"
          keep={{ word: "Keep application", href: `${path}/settings` }}
        >
          <DyingList
            dependents={{ ...dependents, replyUrls: application.replyUrls.length }}
            suspend={application.state === "active" ? `${path}/suspend` : null}
          />
          <div className="sm:max-w-96">
            <Field
              label={`Type ${application.name} to confirm`}
              name="name"
              autoComplete="off"
              defaultValue={notice?.typed?.name}
              error={notice?.fieldErrors?.name}
            />
          </div>
        </QuestionPlate>
      </ApplicationFrame>
    </LegrandShell>
  );
}

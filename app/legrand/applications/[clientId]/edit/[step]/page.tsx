import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { ApplicationFrame } from "#components/legrand/applications/application-frame.tsx";
import { EditView } from "#components/legrand/editing/edit-view.tsx";
import { type PageQuery, readQueryValue } from "#lib/http/read-query-value.ts";
import { applicationTitle } from "#lib/legrand/portal/application-title.ts";
import { requireOwned } from "#lib/legrand/applications/owned.ts";
import { EDIT_WORDS, parseEditStep } from "#lib/legrand/editing/edit-step-schema.ts";
import { describeEdit } from "#lib/legrand/editing/describe-edit.ts";
import { editPath, TAB_OF_STEP } from "#lib/legrand/editing/edit-path.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { requireAccount } from "#lib/legrand/portal/session.ts";

type Props = { params: Promise<{ clientId: string; step: string }>; searchParams: PageQuery };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { clientId, step: word } = await params;
  const step = parseEditStep(word);
  return step
    ? applicationTitle(clientId, (name) => `${EDIT_WORDS[step]}, edit ${name}`)
    : { title: "Not found" };
}

export default async function EditPage({ params, searchParams }: Props) {
  const { clientId, step: name } = await params;
  const step = parseEditStep(name) ?? notFound();
  const account = await requireAccount(editPath(clientId, step));
  const application = await requireOwned(account, clientId);
  const isChecked = (await readQueryValue(searchParams, "check")) !== null;
  const notice = await formNotice(editPath(clientId, step)).find();
  return (
    <LegrandShell {...await portalShell(account)} current="applications">
      <ApplicationFrame application={application} tab={TAB_OF_STEP[step]} title={`Edit ${application.name}`}>
        <EditView {...await describeEdit({ application, account, step, isChecked, notice })} />
      </ApplicationFrame>
    </LegrandShell>
  );
}

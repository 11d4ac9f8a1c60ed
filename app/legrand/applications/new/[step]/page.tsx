import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { NewStepView } from "#components/legrand/editing/new-step-view.tsx";
import { TooManyView } from "#components/legrand/editing/too-many-view.tsx";
import { type PageQuery, readQueryValue } from "#lib/http/read-query-value.ts";
import { stepPath } from "#lib/legrand/editing/step-path.ts";
import { parseStep, STEP_WORDS } from "#lib/legrand/editing/draft-schema.ts";
import { openDraft } from "#lib/legrand/editing/open-draft.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { describeNewStep } from "#lib/legrand/editing/describe-new-step.ts";
import { requireAccount } from "#lib/legrand/portal/session.ts";

type Props = { params: Promise<{ step: string }>; searchParams: PageQuery };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const step = parseStep((await params).step);
  return { title: step ? `${STEP_WORDS[step]}, new application` : "Not found" };
}

export default async function NewStepPage({ params, searchParams }: Props) {
  const step = parseStep((await params).step) ?? notFound();
  const draftId = await readQueryValue(searchParams, "draft");
  const isChecked = (await readQueryValue(searchParams, "check")) !== null;
  const account = await requireAccount(stepPath(step, draftId));
  const opened = await openDraft(account, draftId);
  if (opened.state === "none") notFound();
  if (opened.state === "registered") redirect(`/legrand/applications/${opened.clientId}`);
  if (opened.state === "new" && step === "review") redirect(stepPath("description", null));
  return (
    <LegrandShell {...await portalShell(account)} current="applications">
      {opened.state === "full" ? (
        <Full />
      ) : (
        <NewStepView
          {...await describeNewStep({
            account,
            step,
            opened,
            isChecked,
            notice: await formNotice(stepPath(step, null)).find(),
          })}
        />
      )}
    </LegrandShell>
  );
}

const Full = () => (
  <TooManyView title="There are 20 unfinished applications">
    Finish one of them, or delete one that you do not need, then start again.
  </TooManyView>
);

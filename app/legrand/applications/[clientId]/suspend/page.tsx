import type { Metadata } from "next";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { ApplicationFrame } from "#components/legrand/applications/application-frame.tsx";
import { QuestionPlate } from "#components/ui/question-plate.tsx";
import { applicationTitle } from "#lib/legrand/portal/application-title.ts";
import { requireOwned } from "#lib/legrand/applications/owned.ts";
import { countPeople } from "#lib/legrand/applications/state.store.ts";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { requireAccount } from "#lib/legrand/portal/session.ts";

type Props = { params: Promise<{ clientId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return applicationTitle((await params).clientId, (name) => `Suspend ${name}`);
}

export default async function SuspendPage({ params }: Props) {
  const path = `/legrand/applications/${(await params).clientId}`;
  const account = await requireAccount(`${path}/suspend`);
  const application = await requireOwned(account, (await params).clientId);
  const people = await countPeople(application);
  return (
    <LegrandShell {...await portalShell(account)} current="applications">
      <ApplicationFrame application={application} tab="settings" title={`Suspend ${application.name}?`}>
        <QuestionPlate
          action={`${path}/suspend/submit`}
          verb="Suspend"
          isDanger={false}
          keep={{ word: "Keep it active", href: `${path}/settings` }}
        >
          <ul className="grid list-disc gap-2 pl-5">
            <li>
              Authorization requests are refused: no new person can grant access, and the application receives
              an error that says that it is suspended.
            </li>
            <li>
              Token requests and API calls are refused with a clear error, including those with existing
              access tokens.
            </li>
            <li>
              Nothing is lost:{" "}
              {people > 0 &&
                `the access of ${people === 1 ? "1 person" : `${people.toLocaleString("en")} people`}, `}
              secrets and settings stay until you resume or delete it.
            </li>
          </ul>
        </QuestionPlate>
      </ApplicationFrame>
    </LegrandShell>
  );
}

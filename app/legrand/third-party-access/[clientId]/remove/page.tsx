import type { Metadata } from "next";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { PortalHeading } from "#components/legrand/applications/portal-heading.tsx";
import { QuestionPlate } from "#components/ui/question-plate.tsx";
import { RemovalList } from "#components/legrand/third-party-access/removal-list.tsx";
import { findGrantOf, requireGrantOf } from "#lib/legrand/grants/grant-of.ts";
import { THIRD_PARTY_ACCESS, thirdPartyPath } from "#lib/legrand/grants/third-party-path.ts";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { findAccountOfPage, requireAccount } from "#lib/legrand/portal/session.ts";

type Props = { params: Promise<{ clientId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const account = await findAccountOfPage();
  const grant = account && (await findGrantOf(account, (await params).clientId));
  return { title: grant ? `Remove access for ${grant.name}` : "Not found" };
}

export default async function RemovePage({ params }: Props) {
  const path = thirdPartyPath((await params).clientId);
  const account = await requireAccount(`${path}/remove`);
  const { name } = await requireGrantOf(account, (await params).clientId);
  return (
    <LegrandShell {...await portalShell(account)} current="third-party-access">
      <PortalHeading
        title={`Remove access for ${name}?`}
        top={{ word: "Third-party access", href: THIRD_PARTY_ACCESS }}
      />
      <QuestionPlate
        action={`${path}/remove/submit`}
        verb="Remove access"
        keep={{ word: "Keep access", href: THIRD_PARTY_ACCESS, autoFocus: true }}
      >
        <RemovalList name={name} />
      </QuestionPlate>
    </LegrandShell>
  );
}

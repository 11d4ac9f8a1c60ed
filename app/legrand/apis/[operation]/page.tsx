import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { OperationView } from "#components/legrand/apis/operation-view.tsx";
import { TryItSection } from "#components/legrand/apis/try-it-section.tsx";
import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { env } from "#lib/env.ts";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { findAccountOfPage, signInPath } from "#lib/legrand/portal/session.ts";
import { describeOperation } from "#lib/legrand/openapi/describe-operation.ts";
import { describeTrial } from "#lib/legrand/openapi/describe-trial.ts";
import { listSubscriptions } from "#lib/legrand/subscriptions/store.ts";
import { today } from "#lib/legrand/subscriptions/today.ts";

type Props = { params: Promise<{ operation: string }> };

const find = async (params: Props["params"]) =>
  describeOperation((await params).operation, env().sandbox!.issuer) ?? notFound();

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await find(params)).summary };
}

export default async function OperationPage({ params }: Props) {
  const operation = await find(params);
  const account = await findAccountOfPage();
  const subscriptions = account && (await listSubscriptions(account, today()));
  return (
    <LegrandShell {...await portalShell(account)} current="apis">
      <OperationView operation={operation}>
        <TryItSection
          operation={await describeTrial(operation, account)}
          subscriptions={subscriptions}
          signInHref={signInPath(`/legrand/apis/${operation.id}`)}
        />
      </OperationView>
    </LegrandShell>
  );
}

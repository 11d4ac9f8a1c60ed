import type { Metadata } from "next";

import { CatalogueView } from "#components/legrand/apis/catalogue-view.tsx";
import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { env } from "#lib/env.ts";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { findAccountOfPage } from "#lib/legrand/portal/session.ts";
import { APIS, urlOf } from "#lib/legrand/openapi/apis-constants.ts";
import { listCatalogue } from "#lib/legrand/openapi/list-catalogue.ts";
import { listSubscriptions } from "#lib/legrand/subscriptions/store.ts";
import { today } from "#lib/legrand/subscriptions/today.ts";

export const metadata: Metadata = { title: "APIs" };

export default async function CataloguePage() {
  const account = await findAccountOfPage();
  const hasKey = account !== null && (await listSubscriptions(account, today())).length > 0;
  const { issuer } = env().sandbox!;
  return (
    <LegrandShell {...await portalShell(account)} current="apis">
      <CatalogueView
        {...listCatalogue()}
        apis={APIS.map((api) => ({ name: api.name, url: urlOf(issuer, api) }))}
        documentUrl="/legrand/apis/openapi.json"
        hasKey={account && hasKey}
      />
    </LegrandShell>
  );
}

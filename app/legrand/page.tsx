import type { Metadata } from "next";
import { redirect } from "next/navigation";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { PortalLandingView } from "#components/legrand/landing/landing-view.tsx";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { PORTAL } from "#lib/legrand/portal/return-to.ts";
import { findAccountOfPage } from "#lib/legrand/portal/session.ts";

export const metadata: Metadata = { title: "Developer portal" };

export default async function LegrandPage() {
  if (await findAccountOfPage()) redirect(PORTAL);
  const shell = await portalShell(null);
  return (
    <LegrandShell {...shell}>
      <PortalLandingView hasMail={shell.hasMail} />
    </LegrandShell>
  );
}

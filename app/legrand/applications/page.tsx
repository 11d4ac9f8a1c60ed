import type { Metadata } from "next";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { portalShell } from "#lib/legrand/portal-shell.ts";
import { requireAccount } from "#lib/legrand/session.ts";

export const metadata: Metadata = { title: "My Applications" };

export default async function ApplicationsPage() {
  const account = await requireAccount("/legrand/applications");
  return (
    <LegrandShell {...portalShell(account)} current="applications">
      <h1 className="text-xl">My Applications</h1>
    </LegrandShell>
  );
}

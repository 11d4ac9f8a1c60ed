import type { Metadata } from "next";

import { AdminShell } from "#components/connect/admin/admin-shell.tsx";
import { OverviewView } from "#components/connect/admin/overview/overview-view.tsx";
import { PeriodProblem } from "#components/connect/admin/overview/period-problem.tsx";
import { requireAdmin } from "#lib/connect/auth/auth.ts";
import { parsePeriod } from "#lib/connect/admin/overview/period-schema.ts";
import { readOverview } from "#lib/connect/admin/overview/read-overview.ts";
import { answerPageWith } from "#lib/http/answer-page-with.ts";
import type { PageQuery } from "#lib/http/read-query-value.ts";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage({ searchParams }: { searchParams: PageQuery }) {
  const admin = await requireAdmin();
  const parsed = parsePeriod((await searchParams).days);
  if (!parsed.ok) await answerPageWith(400);
  return (
    <AdminShell admin={admin} current="/admin">
      {parsed.ok ? (
        <OverviewView period={parsed.period} {...await readOverview(admin, parsed.period)} />
      ) : (
        <PeriodProblem sentence={parsed.sentence} />
      )}
    </AdminShell>
  );
}

import type { Metadata } from "next";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { ApplicationFrame } from "#components/legrand/applications/application-frame.tsx";
import { HistoryList } from "#components/legrand/applications/history-list.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { now } from "#lib/clock.ts";
import { type PageQuery, readQueryValue } from "#lib/http/read-query-value.ts";
import { applicationTitle } from "#lib/legrand/portal/application-title.ts";
import { listHistory } from "#lib/legrand/applications/history.store.ts";
import { requireOwned } from "#lib/legrand/applications/owned.ts";
import { parsePageCursor } from "#lib/page-cursor.ts";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { requireAccount } from "#lib/legrand/portal/session.ts";

type Props = { params: Promise<{ clientId: string }>; searchParams: PageQuery };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return applicationTitle((await params).clientId, (name) => `History of ${name}`);
}

export default async function HistoryPage({ params, searchParams }: Props) {
  const path = `/legrand/applications/${(await params).clientId}`;
  const account = await requireAccount(`${path}/history`);
  const application = await requireOwned(account, (await params).clientId);
  const { changes, next } = await listHistory(
    application,
    parsePageCursor(await readQueryValue(searchParams, "before")) ?? null,
  );
  return (
    <LegrandShell {...await portalShell(account)} current="applications">
      <ApplicationFrame application={application} tab="settings" title="History">
        {changes.length > 0 ? (
          <HistoryList changes={changes} now={now()} />
        ) : (
          <p className="text-ink-muted">Nothing was changed yet.</p>
        )}
        {next && (
          <nav aria-label="Pages">
            <ButtonLink variant="secondary" href={`${path}/history?${new URLSearchParams({ before: next })}`}>
              Older changes
            </ButtonLink>
          </nav>
        )}
      </ApplicationFrame>
    </LegrandShell>
  );
}

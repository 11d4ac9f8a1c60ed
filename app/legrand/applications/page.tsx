import type { Metadata } from "next";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { ApplicationList } from "#components/legrand/applications/application-list.tsx";
import { DraftList } from "#components/legrand/applications/draft-list.tsx";
import { NoApplicationsView } from "#components/legrand/applications/no-applications-view.tsx";
import { NoticeSummary } from "#components/legrand/notice-summary.tsx";
import { SearchForm } from "#components/legrand/applications/search-form.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { now } from "#lib/clock.ts";
import { type PageQuery, readQueryValue } from "#lib/http/read-query-value.ts";
import { listApplications } from "#lib/legrand/applications/list.store.ts";
import { parseSearch } from "#lib/legrand/applications/parse-search.ts";
import { stepPath } from "#lib/legrand/editing/step-path.ts";
import { listDrafts } from "#lib/legrand/editing/draft.store.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { parsePageCursor } from "#lib/page-cursor.ts";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { requireAccount } from "#lib/legrand/portal/session.ts";

export const metadata: Metadata = { title: "My Applications" };

const PATH = "/legrand/applications";
/** Up to this many applications need no search field. */
const HANDFUL = 5;

type Props = { searchParams: PageQuery };

export default async function ApplicationsPage({ searchParams }: Props) {
  const account = await requireAccount(PATH);
  const search = parseSearch(await readQueryValue(searchParams, "search"));
  const before = parsePageCursor(await readQueryValue(searchParams, "before")) ?? null;
  const [{ total, applications, next }, drafts] = await Promise.all([
    listApplications(account, search, before),
    listDrafts(account),
  ]);
  const shownDrafts = drafts.map((draft) => ({ ...draft, href: stepPath("description", draft.id) }));
  return (
    <LegrandShell {...await portalShell(account)} current="applications">
      <div className="mb-6 flex flex-wrap items-center justify-between gap-4">
        <h1 className="text-xl">My Applications</h1>
        {(total > 0 || drafts.length > 0) && (
          <ButtonLink href={`${PATH}/new`}>Request New Application</ButtonLink>
        )}
      </div>
      <div className="grid grid-cols-1 gap-5">
        <NoticeSummary notice={await formNotice(PATH).find()} />
        {total === 0 && drafts.length === 0 && <NoApplicationsView />}
        {(total > HANDFUL || search) && <SearchForm search={search} />}
        {applications.length > 0 && <ApplicationList applications={applications} now={now()} />}
        {total > 0 && applications.length === 0 && (
          <p className="text-ink-muted">
            {search
              ? `No application has “${search}” in its name or client ID.`
              : "There are no more applications."}
          </p>
        )}
        {shownDrafts.length > 0 && !search && !before && <DraftList drafts={shownDrafts} now={now()} />}
        {next && (
          <nav aria-label="Pages">
            <ButtonLink
              variant="secondary"
              href={`${PATH}?${new URLSearchParams({ ...(search ? { search } : {}), before: next })}`}
            >
              Older applications
            </ButtonLink>
          </nav>
        )}
      </div>
    </LegrandShell>
  );
}

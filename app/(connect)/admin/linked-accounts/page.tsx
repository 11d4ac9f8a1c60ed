import type { Metadata } from "next";

import { ListView } from "./list-view.tsx";
import { AdminShell } from "#components/connect/admin/admin-shell.tsx";
import { FilterForm } from "#components/connect/admin/accounts/filter-form.tsx";
import { OutcomeNotice } from "#components/ui/outcome-notice.tsx";
import { FILTER_PARAMETERS } from "#lib/connect/admin/accounts/filter-schema.ts";
import { listQuery, parseListRequest, type ListRequest } from "#lib/connect/admin/accounts/list-schema.ts";
import { isNothingSelected } from "#lib/connect/admin/accounts/nothing-selected.ts";
import { viewList } from "#lib/connect/admin/accounts/view-list.ts";
import { SEARCH_LIMIT } from "#lib/connect/admin/query-schema.ts";
import { isAdministrator } from "#lib/connect/users/admin-user.ts";
import { requireAdmin } from "#lib/connect/auth/auth.ts";
import { listKnownScopes } from "#lib/connect/cloud/scopes.ts";
import { answerPageWith } from "#lib/http/answer-page-with.ts";
import { readQuery, type PageQuery } from "#lib/http/read-query-value.ts";
import { cutText } from "#lib/graphemes.ts";

export const metadata: Metadata = { title: "Linked accounts" };

const TOO_SLOW = "This search takes too long. Use a longer part of a name, a state or a shorter period.";

export default async function LinkedAccountsPage({ searchParams }: { searchParams: PageQuery }) {
  const admin = await requireAdmin();
  const query = await readQuery(searchParams);
  const parsed = parseListRequest(query);
  const view = parsed.ok ? await viewList(admin, parsed.request) : null;
  const problem = parsed.ok ? (view ? null : TOO_SLOW) : parsed.sentence;
  if (problem) await answerPageWith(parsed.ok ? 422 : 400);
  const typed = Object.fromEntries(
    [...FILTER_PARAMETERS, "sort", "direction"].map((name) => [
      name,
      cutText(query.get(name) ?? "", SEARCH_LIMIT),
    ]),
  );
  return (
    <AdminShell admin={admin} current="/admin/linked-accounts">
      <div className="grid grid-cols-1 gap-6">
        <h1 className="text-xl">Linked accounts</h1>
        {problem && (
          <OutcomeNotice tone="warning">
            {problem} <a href="/admin/linked-accounts">All linked accounts</a>
          </OutcomeNotice>
        )}
        {!problem && isAdministrator(admin) && isNothingSelected(query) && (
          <OutcomeNotice tone="warning">
            No account is selected. Tick accounts in the list first. Nothing was changed.
          </OutcomeNotice>
        )}
        <FilterForm
          typed={typed}
          scopes={listKnownScopes()}
          kept={parsed.ok ? keptByFilter(parsed.request) : []}
        />
        {parsed.ok && view && (
          <ListView request={parsed.request} view={view} canAct={isAdministrator(admin)} />
        )}
      </div>
    </AdminShell>
  );
}

/** Keeps the page size when the filter or the sort order changes. */
function keptByFilter(request: ListRequest): [string, string][] {
  return [...listQuery(request)].filter(([name]) => name === "size");
}

import type { Metadata } from "next";

import { AdminShell } from "#components/connect/admin/admin-shell.tsx";
import { AuditFilterForm } from "#components/connect/admin/audit/audit-filter-form.tsx";
import { AuditTable } from "#components/connect/admin/audit/audit-table.tsx";
import { NoEntries } from "#components/connect/admin/audit/no-entries.tsx";
import { ExportLinks } from "#components/connect/admin/exports/export-links.tsx";
import { PageLinks } from "#components/connect/admin/accounts/page-links.tsx";
import { OutcomeNotice } from "#components/ui/outcome-notice.tsx";
import {
  AUDIT_FILTER_NAMES,
  auditFilterQuery,
  describeAuditFilter,
} from "#lib/connect/admin/audit/filter-schema.ts";
import {
  AUDIT_PAGE_SIZES,
  auditListQuery,
  parseAuditRequest,
  type AuditRequest,
} from "#lib/connect/admin/audit/list-schema.ts";
import { viewAudit, type AuditView } from "#lib/connect/admin/audit/view-audit.ts";
import { SEARCH_LIMIT } from "#lib/connect/admin/query-schema.ts";
import { requireAdmin } from "#lib/connect/auth/auth.ts";
import { answerPageWith } from "#lib/http/answer-page-with.ts";
import { readQuery, type PageQuery } from "#lib/http/read-query-value.ts";
import { cutText } from "#lib/graphemes.ts";

export const metadata: Metadata = { title: "Audit log" };

const hrefOf = (...query: Parameters<typeof auditListQuery>) =>
  `/admin/audit?${auditListQuery(...query)}`.replace(/\?$/, "");

export default async function AuditPage({ searchParams }: { searchParams: PageQuery }) {
  const admin = await requireAdmin();
  const query = await readQuery(searchParams);
  const parsed = parseAuditRequest(query);
  if (!parsed.ok) await answerPageWith(400);
  const typed = Object.fromEntries(
    AUDIT_FILTER_NAMES.map((name) => [name, cutText(query.get(name) ?? "", SEARCH_LIMIT)]),
  );
  return (
    <AdminShell admin={admin} current="/admin/audit">
      <div className="grid grid-cols-1 gap-6">
        <h1 className="text-xl">Audit log</h1>
        {!parsed.ok && (
          <OutcomeNotice tone="warning">
            {parsed.sentence} <a href="/admin/audit">All entries</a>
          </OutcomeNotice>
        )}
        <AuditFilterForm
          typed={typed}
          kept={parsed.ok ? [...auditListQuery(parsed.request)].filter(([name]) => name === "size") : []}
        />
        {parsed.ok && <Entries request={parsed.request} view={await viewAudit(admin, parsed.request)} />}
      </div>
    </AdminShell>
  );
}

function Entries({
  request,
  view: { entries, older, newer, at },
}: {
  request: AuditRequest;
  view: AuditView;
}) {
  const isFiltered = auditFilterQuery(request.filter).size > 0;
  const pageHref = (towards: "older" | "newer", cursor: string | null) =>
    cursor && hrefOf(request, { towards, cursor });
  return (
    <>
      {entries.length === 0 ? (
        <NoEntries
          filter={describeAuditFilter(request.filter)}
          isFiltered={isFiltered}
          firstHref={request.from ? hrefOf(request) : null}
        />
      ) : (
        <>
          <div className="-mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
            <p className="flex flex-wrap gap-x-4 text-sm wrap-anywhere text-ink-muted">
              {isFiltered ? `Entries: ${describeAuditFilter(request.filter)}` : "All entries, newest first"}
              {isFiltered && <a href="/admin/audit">Clear the filters</a>}
            </p>
            <ExportLinks base="/admin/audit/export" query={auditFilterQuery(request.filter).toString()} />
          </div>
          <AuditTable entries={entries} now={at} />
        </>
      )}
      <PageLinks
        first={request.from && entries.length > 0 ? hrefOf(request) : null}
        previous={pageHref("newer", newer)}
        next={pageHref("older", older)}
        sizes={AUDIT_PAGE_SIZES.map((size) => ({
          size,
          href: hrefOf({ ...request, size }),
          isCurrent: size === request.size,
        }))}
      />
    </>
  );
}

import { ExportLinks } from "#components/connect/admin/exports/export-links.tsx";
import { AccountsTable } from "#components/connect/admin/accounts/accounts-table.tsx";
import { NoAccounts } from "#components/connect/admin/accounts/no-accounts.tsx";
import { PageLinks } from "#components/connect/admin/accounts/page-links.tsx";
import { StateCountLinks } from "#components/connect/admin/accounts/state-count-links.tsx";
import { describeCount } from "#lib/connect/admin/accounts/describe-count.ts";
import { describeFilter } from "#lib/connect/admin/accounts/describe-filter.ts";
import { filterQuery, NO_FILTER, type AccountFilter } from "#lib/connect/admin/accounts/filter-schema.ts";
import {
  listQuery,
  PAGE_SIZES,
  pageQuery,
  type ListRequest,
} from "#lib/connect/admin/accounts/list-schema.ts";
import type { ListView as View } from "#lib/connect/admin/accounts/view-list.ts";

type ListViewProps = { request: ListRequest; view: View; canAct: boolean };

const hrefOf = (...query: Parameters<typeof listQuery>) =>
  `/admin/linked-accounts?${listQuery(...query)}`.replace(/\?$/, "");

/**
 * Shows the list: the number of matches in each state, a page of accounts, and links to the adjacent pages.
 */
export function ListView({
  request,
  view: { accounts, counts, all, total, next, previous, at },
  canAct,
}: ListViewProps) {
  const { filter, from } = request;
  const pageHref = (towards: "after" | "before", cursor: string | null) =>
    cursor && hrefOf(request, { towards, cursor });
  const matching = describeCount(total, filter);
  return (
    <>
      <StateCountLinks
        counts={counts}
        all={all}
        current={filter.state}
        word={isFiltered({ ...filter, state: null }) ? "All that match" : "All accounts"}
        hrefOf={(state) => hrefOf({ ...request, filter: { ...filter, state } })}
      />
      {accounts.length === 0 ? (
        <NoAccounts
          kind={emptyKind(request)}
          filter={describeFilter(filter)}
          allHref={hrefOf({ ...request, filter: NO_FILTER })}
          firstHref={hrefOf(request)}
        />
      ) : (
        <>
          <p className="-mb-3 flex flex-wrap gap-x-4 text-sm wrap-anywhere text-ink-muted">
            {matching}
            {isFiltered(filter) && <a href={hrefOf({ ...request, filter: NO_FILTER })}>Clear the filters</a>}
          </p>
          <AccountsTable
            accounts={accounts}
            now={at}
            current={request}
            hrefOf={(sort, direction) => hrefOf({ ...request, sort, direction })}
            exports={
              <ExportLinks base="/admin/linked-accounts/export" query={filterQuery(filter).toString()} />
            }
            selection={canAct ? { list: [...pageQuery(request)] } : null}
          />
        </>
      )}
      <PageLinks
        first={from && accounts.length > 0 ? hrefOf(request) : null}
        previous={pageHref("before", previous)}
        next={pageHref("after", next)}
        sizes={PAGE_SIZES.map((size) => ({
          size,
          href: hrefOf({ ...request, size }),
          isCurrent: size === request.size,
        }))}
      />
    </>
  );
}

const isFiltered = (filter: AccountFilter) => filterQuery(filter).size > 0;

function emptyKind({ filter, from }: ListRequest): "none" | "no_match" | "past_the_end" {
  return from ? "past_the_end" : isFiltered(filter) ? "no_match" : "none";
}

import type { ReactNode } from "react";

import { AccountRow } from "#components/connect/admin/accounts/account-row.tsx";
import { SelectAll, SelectionBar } from "#components/connect/admin/accounts/selection.tsx";
import { SortHeader } from "#components/connect/admin/accounts/sort-header.tsx";
import { RowTable } from "#components/connect/admin/table/row-table.tsx";
import { Button } from "#components/ui/button.tsx";
import { SORT_WORDS, type Direction, type Sort } from "#lib/connect/admin/accounts/list-schema.ts";
import type { AccountOnPage } from "#lib/connect/admin/accounts/listed-account.ts";

type AccountsTableProps = {
  accounts: AccountOnPage[];
  now: Date;
  current: { sort: Sort; direction: Direction };
  hrefOf: (sort: Sort, direction: Direction) => string;
  /** The list's address as hidden fields, or null if the user may not revoke accounts. */
  selection: { list: [string, string][] } | null;
  /** The links that export the list. */
  exports: ReactNode;
};

const SHOWN: { sort: Sort; title?: string; className?: string }[] = [
  { sort: "person" },
  { sort: "email" },
  { sort: "legrand_id", className: "sm:max-lg:hidden" },
  { sort: "scopes", title: "Sorted by how many were granted" },
  { sort: "state" },
  {
    sort: "refreshed",
    title: "When its tokens were last issued or renewed",
    className: "sm:max-lg:hidden",
  },
  { sort: "connected" },
  { sort: "access_ends", title: "Unless it is renewed" },
];

/** Between 640 and 1024 px, the Legrand id and the last refresh are hidden. */
const COLUMNS =
  "sm:grid-cols-[minmax(6rem,1fr)_minmax(8rem,1.5fr)_auto_auto_auto] lg:grid-cols-[minmax(6rem,1fr)_minmax(8rem,1.5fr)_fit-content(12rem)_auto_auto_auto_auto]";
const COLUMNS_WITH_BOXES =
  "sm:grid-cols-[auto_minmax(6rem,1fr)_minmax(8rem,1.5fr)_auto_auto_auto] lg:grid-cols-[auto_minmax(6rem,1fr)_minmax(8rem,1.5fr)_fit-content(12rem)_auto_auto_auto_auto]";

/** Shows the accounts. For an administrator, it is part of the form that revokes many accounts. */
export function AccountsTable({ accounts, now, current, hrefOf, selection, exports }: AccountsTableProps) {
  // The last column is when the account was connected, or the end of the access if the list is sorted by it.
  const showsEnd = current.sort === "access_ends";
  const hidden = showsEnd ? "connected" : "access_ends";
  const table = (
    <RowTable
      id="accounts-caption"
      caption="Linked accounts, a page of the list"
      columns={selection ? COLUMNS_WITH_BOXES : COLUMNS}
      head={
        <>
          {selection && (
            <th
              scope="col"
              role="columnheader"
              className="block px-4 text-left font-medium max-sm:border-b max-sm:border-border sm:pr-2 noscript:max-sm:hidden"
            >
              <SelectAll />
            </th>
          )}
          {SHOWN.filter(({ sort }) => sort !== hidden).map(({ sort, ...rest }) => (
            <SortHeader key={sort} word={SORT_WORDS[sort]} {...rest} {...{ sort, current, hrefOf }} />
          ))}
        </>
      }
    >
      {accounts.map((account) => (
        <AccountRow key={account.id} {...{ account, now, showsEnd }} canSelect={selection !== null} />
      ))}
    </RowTable>
  );
  if (selection) return <SelectionForm {...selection} {...{ table, exports }} />;
  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="sm:ml-auto">{exports}</div>
      {table}
    </div>
  );
}

type SelectionFormProps = { list: [string, string][]; table: ReactNode; exports: ReactNode };

function SelectionForm({ list, table, exports }: SelectionFormProps) {
  return (
    <form method="get" action="/admin/linked-accounts/revoke" className="grid grid-cols-1 gap-3">
      {list.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="danger-quiet">
          Revoke selected
        </Button>
        <Button type="submit" variant="danger-quiet" name="all" value="1">
          Revoke all that match
        </Button>
        <div className="sm:ml-auto">{exports}</div>
      </div>
      {table}
      <SelectionBar />
    </form>
  );
}

import type { ReactNode } from "react";

import { AccountRow } from "#components/connect/admin/accounts/account-row.tsx";
import { SortHeader } from "#components/connect/admin/accounts/sort-header.tsx";
import { Button } from "#components/ui/button.tsx";
import { Plate } from "#components/ui/plate.tsx";
import type { Direction, Sort } from "#lib/connect/admin/accounts/list-schema.ts";
import type { ListedAccount } from "#lib/connect/admin/accounts/listed-account.ts";

type AccountsTableProps = {
  accounts: ListedAccount[];
  now: Date;
  current: { sort: Sort; direction: Direction };
  hrefOf: (sort: Sort, direction: Direction) => string;
  /** The filter as hidden fields, or null if the user may not revoke accounts. */
  selection: { filter: [string, string][] } | null;
};

const COLUMNS: { sort: Sort; word: string; title?: string }[] = [
  { sort: "person", word: "Person" },
  { sort: "email", word: "E-mail" },
  { sort: "legrand_id", word: "Legrand id" },
  { sort: "scopes", word: "Permissions", title: "Sorted by how many were granted" },
  { sort: "state", word: "State" },
  { sort: "connected", word: "Connected" },
  { sort: "refreshed", word: "Last refreshed", title: "When its tokens were last issued or renewed" },
  { sort: "access_ends", word: "Access ends", title: "Unless it is renewed" },
];

/**
 * Shows the accounts. The table scrolls by itself if it is wider than the window. For an administrator, it is
 * part of the form that revokes many accounts.
 */
export function AccountsTable({ accounts, now, current, hrefOf, selection }: AccountsTableProps) {
  const table = (
    <Plate className="overflow-clip">
      <div
        role="region"
        aria-labelledby="accounts-caption"
        tabIndex={0}
        className="overflow-x-auto -outline-offset-2"
      >
        <table className="w-full">
          <caption id="accounts-caption" className="sr-only">
            Linked accounts, a page of the list
          </caption>
          <thead className="border-b border-border bg-sunken">
            <tr>
              {selection && (
                <td>
                  <span className="sr-only">Selected</span>
                </td>
              )}
              {COLUMNS.map(({ sort, ...words }) => (
                <SortHeader key={sort} {...words} {...{ sort, current, hrefOf }} />
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-border">
            {accounts.map((account) => (
              <AccountRow key={account.id} account={account} now={now} canSelect={selection !== null} />
            ))}
          </tbody>
        </table>
      </div>
    </Plate>
  );
  return selection ? <SelectionForm {...selection}>{table}</SelectionForm> : table;
}

function SelectionForm({ filter, children }: { filter: [string, string][]; children: ReactNode }) {
  return (
    <form method="get" action="/admin/linked-accounts/revoke" className="grid grid-cols-1 gap-3">
      {filter.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="danger-quiet">
          Revoke selected
        </Button>
        <Button type="submit" variant="danger-quiet" name="all" value="1">
          Revoke all that match
        </Button>
        <p className="text-sm text-ink-muted">You will see the number and confirm first.</p>
      </div>
    </form>
  );
}

import type { ReactNode } from "react";

import { OpenRow } from "#components/connect/admin/table/open-row.tsx";
import { Plate } from "#components/ui/plate.tsx";

type RowTableProps = {
  id: string;
  caption: string;
  /** The columns of the grid, as classes for windows of 640 px and more. */
  columns: string;
  /** The cells of the head. Below 640 px only screen readers get them, except a cell that stays visible. */
  head: ReactNode;
  /** Rows, each a `TableRow`. */
  children: ReactNode;
};

/**
 * Shows a table with rows of one line. Below 640 px each row is a card. The roles are explicit, because
 * `display: grid` removes the implicit ones. If the columns do not fit, the table scrolls by itself.
 */
export function RowTable({ id, caption, columns, head, children }: RowTableProps) {
  return (
    <Plate className="overflow-clip">
      <div
        role="region"
        aria-labelledby={id}
        tabIndex={0}
        className="overflow-x-auto -outline-offset-2 sm:overflow-y-clip"
      >
        <table role="table" aria-labelledby={id} className={`block w-full text-sm sm:grid ${columns}`}>
          <caption id={id} className="sr-only">
            {caption}
          </caption>
          <thead
            role="rowgroup"
            className="col-span-full block grid-cols-subgrid bg-sunken text-ink-muted sm:grid sm:border-b sm:border-border"
          >
            <tr role="row" className="col-span-full block grid-cols-subgrid sm:grid">
              {head}
            </tr>
          </thead>
          <tbody
            role="rowgroup"
            className="col-span-full block grid-cols-subgrid divide-y divide-border sm:grid"
          >
            {children}
          </tbody>
        </table>
      </div>
      <OpenRow />
    </Plate>
  );
}

/** The name of a column that cannot be sorted. */
export function ColumnHead({ children, className = "" }: { children: string; className?: string }) {
  return (
    <th
      scope="col"
      role="columnheader"
      className={`flex min-h-10 items-center text-left font-medium whitespace-nowrap max-sm:sr-only sm:px-2 sm:first:pl-4 sm:last:pr-4 ${className}`}
    >
      {children}
    </th>
  );
}

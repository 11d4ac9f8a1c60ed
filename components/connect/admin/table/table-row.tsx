import type { ReactNode } from "react";

import { RelativeTime } from "#components/ui/relative-time.tsx";

/** One line in the table. Chromium breaks a line at a `wbr` even then, so it is removed. */
const VALUE = "min-w-0 wrap-anywhere sm:truncate sm:[&_wbr]:hidden";

/** Keeps the cell at the top if another one is opened. */
const ONE_LINE = "sm:min-h-10 sm:self-start pointer-coarse:sm:min-h-11";

/** A row of one line, and a card below 640 px. Its link, a `RowLink`, covers it. */
export function TableRow({ children }: { children: ReactNode }) {
  return (
    <tr
      role="row"
      className="relative col-span-full grid grid-cols-[auto_minmax(0,1fr)] content-start py-2.5 transition-colors hover:bg-sunken sm:grid-cols-subgrid sm:py-0"
    >
      {children}
    </tr>
  );
}

/** The cell that names the row, and the title of the card. `besideBox`: a checkbox is before it. */
export function NameCell({ besideBox = false, children }: { besideBox?: boolean; children: ReactNode }) {
  return (
    <th
      scope="row"
      role="rowheader"
      className={`flex min-w-0 items-center py-1 pr-4 text-left font-medium max-sm:order-first max-sm:text-base sm:col-span-1 sm:px-2 sm:py-0 sm:first:pl-4 ${besideBox ? "" : "col-span-full pl-4"} ${ONE_LINE}`}
    >
      <span className={VALUE}>{children}</span>
    </th>
  );
}

/** The link of a row. The whole row is its target. */
export function RowLink({ href, title, children }: { href: string; title?: string; children: ReactNode }) {
  return (
    <a
      href={href}
      title={title}
      data-opens-row
      className="outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
    >
      {children}
    </a>
  );
}

type TableCellProps = {
  /** The name of the column. A card shows it before the value. */
  label: string;
  className?: string;
  children: ReactNode;
};

/** A cell of a row. Its value has one line in the table and as many as it needs in a card. */
export function TableCell({ label, className = "", children }: TableCellProps) {
  return (
    <td
      role="cell"
      data-label={label}
      className={`col-span-full grid min-w-0 grid-cols-[7.5rem_minmax(0,1fr)] items-baseline px-4 py-0.5 before:text-ink-muted before:content-[attr(data-label)] sm:col-span-1 sm:flex sm:items-center sm:px-2 sm:py-0 sm:before:content-none sm:first:pl-4 sm:last:pr-4 ${ONE_LINE} ${className}`}
    >
      <div className={VALUE}>{children}</div>
    </td>
  );
}

/** Text with a tooltip, above the row's link. A click on it opens the row too (`OpenRow`). */
export function TitledText({ title, children }: { title: string; children: ReactNode }) {
  return (
    <span title={title} className="relative z-10">
      {children}
    </span>
  );
}

/** A time with its exact value as a tooltip, above the row's link. */
export function RowTime({ at, now }: { at: Date; now: Date }) {
  return (
    <span className="relative z-10 whitespace-nowrap">
      <RelativeTime at={at} now={now} />
    </span>
  );
}

/** What a cell shows if there is no value. */
export function NoValue({ children }: { children: string }) {
  return <span className="text-ink-subtle">{children}</span>;
}

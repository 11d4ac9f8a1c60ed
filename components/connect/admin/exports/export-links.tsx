"use client";

import { useState } from "react";

import { ExportProgress } from "#components/connect/admin/exports/export-progress.tsx";
import { ButtonLink } from "#components/ui/button.tsx";

type ExportLinksProps = {
  /** The address of the export route, such as /admin/linked-accounts/export. */
  base: string;
  /** The filter from the list's address. The route ignores sort, page size and cursor. */
  query: string;
};

const FORMATS = [
  { format: "csv", word: "Export CSV" },
  { format: "ndjson", word: "Export NDJSON" },
] as const;

/** Shows two links that download all pages of the list. With scripts, the progress appears next to them. */
export function ExportLinks({ base, query }: ExportLinksProps) {
  const [run, setRun] = useState<string | null>(null);
  const hrefOf = (format: string) =>
    `${base}?${new URLSearchParams([["format", format], ...new URLSearchParams(query)]).toString()}`;
  const follow = (link: HTMLAnchorElement, format: string) => {
    // A browser cannot create a UUID on plain http from another machine; then the file comes without
    // progress.
    const id = isSecureContext ? crypto.randomUUID() : null;
    if (id) link.href = `${hrefOf(format)}&run=${id}`;
    setRun(id);
  };
  return (
    <div className="flex flex-wrap items-center gap-3">
      {FORMATS.map(({ format, word }) => (
        <ButtonLink
          key={format}
          variant="secondary"
          href={hrefOf(format)}
          onClick={({ currentTarget }) => follow(currentTarget, format)}
        >
          {word}
        </ButtonLink>
      ))}
      {/* Placed to the left of the links if they are on the right, so that they do not move away from the
          pointer. */}
      {run && (
        <div className="sm:order-first">
          <ExportProgress key={run} run={run} />
        </div>
      )}
    </div>
  );
}

"use client";

import { useState } from "react";

import { ExportProgress } from "#components/connect/admin/exports/export-progress.tsx";
import { ButtonLink } from "#components/ui/button.tsx";

type ExportLinksProps = {
  /** The route that answers with the file, such as /admin/linked-accounts/export. */
  base: string;
  /** The filter as it stands in the address of the list; sort, page size and cursor do no harm. */
  query: string;
};

const FORMATS = [
  { format: "csv", word: "Export CSV" },
  { format: "ndjson", word: "Export NDJSON" },
] as const;

/**
 * Two links that download what the list shows, all of its pages. With scripts the progress is told beside
 * them.
 */
export function ExportLinks({ base, query }: ExportLinksProps) {
  const [run, setRun] = useState<string | null>(null);
  const hrefOf = (format: string) =>
    `${base}?${new URLSearchParams([["format", format], ...new URLSearchParams(query)]).toString()}`;
  const follow = (link: HTMLAnchorElement, format: string) => {
    // Where the browser makes no UUID (plain http on another machine), the file comes without its progress.
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
      {/* To their left where they stand at the right: they do not move from under the pointer. */}
      {run && (
        <div className="sm:order-first">
          <ExportProgress key={run} run={run} />
        </div>
      )}
    </div>
  );
}

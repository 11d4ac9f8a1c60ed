import { ButtonLink } from "#components/ui/button.tsx";
import { Plate } from "#components/ui/plate.tsx";

type NoEntriesProps = { filter: string; isFiltered: boolean; firstHref: string | null };

/**
 * Replaces a table without rows. `firstHref` is the start of the list if this is a later page without
 * entries. Without a filter, the log itself is empty, so there is no search to reset.
 */
export function NoEntries({ filter, isFiltered, firstHref }: NoEntriesProps) {
  if (!isFiltered && !firstHref) return <EmptyLog />;
  return (
    <Plate as="section" className="p-5 sm:p-8">
      <h2 className="text-lg">{firstHref ? "The log ends here" : "No entries found"}</h2>
      <p className="mt-1 max-w-text wrap-anywhere text-ink-muted">
        {firstHref
          ? "There are no more entries in this direction."
          : `Your search: ${filter}. The log records what administrators do, and what people without the role try.`}
      </p>
      <div className="mt-5">
        <ButtonLink href={firstHref ?? "/admin/audit"} variant="secondary">
          {firstHref ? "Newest entries" : "All entries"}
        </ButtonLink>
      </div>
    </Plate>
  );
}

function EmptyLog() {
  return (
    <Plate as="section" className="p-5 sm:p-8">
      <h2 className="text-lg">No entries yet</h2>
      <p className="mt-1 max-w-text text-ink-muted">
        The log records what administrators do, and what people without the role try.
      </p>
    </Plate>
  );
}

import { ButtonLink } from "#components/ui/button.tsx";
import { Plate } from "#components/ui/plate.tsx";

/**
 * Replaces a table without rows. `firstHref` is the start of the list if this is a later page without
 * entries.
 */
export function NoEntries({ filter, firstHref }: { filter: string; firstHref: string | null }) {
  return (
    <Plate as="section" className="p-5 sm:p-8">
      <h2 className="text-lg">{firstHref ? "The log ends here" : "There is no such entry"}</h2>
      <p className="mt-1 max-w-text wrap-anywhere text-ink-muted">
        {firstHref
          ? "There is no entry beyond this place."
          : `You look for: ${filter}. What administrators do, and what somebody without the role tries, stands here.`}
      </p>
      <div className="mt-5">
        <ButtonLink href={firstHref ?? "/admin/audit"} variant="secondary">
          {firstHref ? "Newest entries" : "All entries"}
        </ButtonLink>
      </div>
    </Plate>
  );
}

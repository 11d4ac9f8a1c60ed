import type { Step } from "#lib/legrand/drafts/draft-schema.ts";

const NEW = "/legrand/applications/new";

/**
 * The address of a step of a registration, of that draft or of one that does not exist yet. `check` shows
 * what is wrong with what was typed: in the address, so that a reload shows it too.
 */
export function stepPath(
  step: Step,
  draftId: string | null,
  { check = false, field }: { check?: boolean; field?: string } = {},
): string {
  const query = new URLSearchParams({
    ...(draftId ? { draft: draftId } : {}),
    ...(check ? { check: "1" } : {}),
  }).toString();
  return `${NEW}/${step}${query && `?${query}`}${field ? `#${field}` : ""}`;
}

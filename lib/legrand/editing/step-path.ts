import type { Step } from "#lib/legrand/editing/draft-schema.ts";

const NEW = "/legrand/applications/new";

/**
 * Returns the path of a step of a registration, with or without a draft. With `check`, the page shows what is
 * wrong with what was typed; it is part of the URL, so that a reload shows it too.
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

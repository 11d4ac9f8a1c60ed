import { applicationPath } from "#lib/legrand/applications/application-path.ts";
import type { EditStep } from "#lib/legrand/editing/edit-step-schema.ts";

/**
 * Returns the path of one page of the editor. With `check`, the page shows what is wrong with what was typed,
 * or what the user must confirm.
 */
export function editPath(
  clientId: string,
  step: EditStep,
  { check = false, field }: { check?: boolean; field?: string } = {},
): string {
  return `${applicationPath(clientId)}/edit/${step}${check ? "?check=1" : ""}${field ? `#${field}` : ""}`;
}

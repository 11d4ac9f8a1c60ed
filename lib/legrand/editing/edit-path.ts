import { applicationPath, type ApplicationTab } from "#lib/legrand/applications/application-path.ts";
import type { EditStep } from "#lib/legrand/editing/edit-step-schema.ts";

/** The tab that shows what each page of the editor changes. */
export const TAB_OF_STEP: Record<EditStep, ApplicationTab> = {
  description: "settings",
  "reply-urls": "reply-urls-and-scopes",
  scopes: "reply-urls-and-scopes",
  compatibility: "settings",
};

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

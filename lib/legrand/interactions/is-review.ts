import { REPLACE_GRANT } from "#lib/legrand/grants/grant-management.ts";
import type { Grant } from "#lib/legrand/grants/store.ts";

/**
 * True if the consent page shows the existing grant for review: the application asked for that, and a grant
 * exists. Without a grant, it is a normal request.
 */
export function isReview(params: Record<string, unknown>, grant: Grant | null): grant is Grant {
  return params.grant_management_action === REPLACE_GRANT && grant !== null;
}

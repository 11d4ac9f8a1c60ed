import { REPLACE_GRANT } from "#lib/legrand/grants/grant-management.ts";
import type { Grant } from "#lib/legrand/grants/store.ts";

/**
 * Whether the consent page shows what stands, to be changed: the application asked for that, and something
 * stands. Where nothing does, it is a request like any other.
 */
export function isReview(params: Record<string, unknown>, grant: Grant | null): grant is Grant {
  return params.grant_management_action === REPLACE_GRANT && grant !== null;
}

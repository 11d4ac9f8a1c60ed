import { now } from "#lib/clock.ts";
import { isReadOnlyRequest } from "#lib/http/read-only-request.ts";
import { isRecentUse } from "#lib/legrand/grants/is-recent-use.ts";
import { setGrantUse, type Grant } from "#lib/legrand/grants/store.ts";

/**
 * Records the last use of a grant, to the minute. If the stored time is less than a minute old, nothing is
 * written.
 */
export async function recordGrantUse({ id, lastUsedAt }: Pick<Grant, "id" | "lastUsedAt">): Promise<void> {
  if (!isRecentUse(lastUsedAt) && !isReadOnlyRequest()) await setGrantUse(id, now());
}

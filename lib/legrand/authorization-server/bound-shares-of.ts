import { SHARES_LOOKED_AT_EVERY } from "#lib/legrand/authorization-server/bounds.ts";
import { boundShares, type ArtifactWrites } from "#lib/legrand/authorization-server/store.ts";

/**
 * Deletes the artifacts that the grants and accounts of these writes have beyond their bounds (decision 32),
 * in one call of 256. The call is chosen at random, so that a caller cannot time its requests to avoid the
 * check.
 */
export async function boundSharesOf({ saved }: ArtifactWrites): Promise<void> {
  if (Math.random() >= 1 / SHARES_LOOKED_AT_EVERY) return;
  const isPresent = (id: unknown): id is string => typeof id === "string";
  await boundShares(
    saved.map(({ grantId }) => grantId).filter(isPresent),
    saved.map(({ payload }) => payload.accountId).filter(isPresent),
  );
}

import type { Product } from "#lib/legrand/home-control/product.ts";

/** How long a shutter takes from closed to open, in seconds. */
export const FULL_WAY_SECONDS = 20;

/**
 * Returns how far a shutter is open at `at`, in %. Between two settings it moves at a constant speed, so that
 * a read in between changes nothing (decision 23). If `at` is before the stored time, for example after a
 * clock was set back, it returns the stored level.
 */
export function levelAt(
  { level, targetLevel, movedAt }: Pick<Product, "level" | "targetLevel" | "movedAt">,
  at: Date,
): number {
  const moved = Math.max(0, (at.getTime() - movedAt.getTime()) / 1000) * (100 / FULL_WAY_SECONDS);
  return targetLevel > level ? Math.min(targetLevel, level + moved) : Math.max(targetLevel, level - moved);
}

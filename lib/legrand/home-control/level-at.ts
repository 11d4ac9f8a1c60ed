import type { Product } from "#lib/legrand/home-control/product.ts";

/** How long a shutter takes from closed to open. */
export const FULL_WAY_SECONDS = 20;

/**
 * Returns how far a shutter is open at that moment, in %. Between two settings it moves at a constant speed,
 * so that reading in between changes nothing (decision 23). A moment before the stored one, as after a clock
 * was set back, returns the stored level.
 */
export function levelAt(
  { level, targetLevel, movedAt }: Pick<Product, "level" | "targetLevel" | "movedAt">,
  at: Date,
): number {
  const moved = Math.max(0, (at.getTime() - movedAt.getTime()) / 1000) * (100 / FULL_WAY_SECONDS);
  return targetLevel > level ? Math.min(targetLevel, level + moved) : Math.max(targetLevel, level - moved);
}

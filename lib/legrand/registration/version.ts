import { digest } from "#lib/crypto/digest.ts";

/**
 * A short name for a state of something: a form carries it, and whoever sends the form says by it which state
 * they have seen. The order of the keys does not matter.
 */
export function versionOf(state: Record<string, unknown>): string {
  return digest(JSON.stringify(Object.entries(state).sort(([a], [b]) => (a < b ? -1 : 1)))).slice(0, 22);
}

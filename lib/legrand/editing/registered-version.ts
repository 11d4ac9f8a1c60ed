import { digest } from "#lib/crypto/digest.ts";

/**
 * Content hash for optimistic locking: the form sends back the version that the user saw. The order of the
 * keys does not matter.
 */
export function versionOf(state: Record<string, unknown>): string {
  return digest(JSON.stringify(Object.entries(state).sort(([a], [b]) => (a < b ? -1 : 1)))).slice(0, 22);
}

import { digest } from "#lib/crypto/digest.ts";

const REMEMBERED = 1_000;
const counted = new Set<string>();

/**
 * Whether the answer with this `state` is counted for the first time: a browser that sends it again, which next-auth cannot tell from
 * the first time, denies nothing once more. Of the last thousand, in this process.
 */
export function isFirstDenial(state: string | null): boolean {
  const key = digest(state ?? "");
  if (counted.has(key)) return false;
  if (counted.size >= REMEMBERED) counted.delete(counted.values().next().value!);
  counted.add(key);
  return true;
}

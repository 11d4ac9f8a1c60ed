import { reencryptConnect } from "#lib/connect/key-rotation/store.ts";
import { reencryptTable, type RotationProgress, type RotationTally } from "#lib/db/reencrypt-table.ts";
import { reencryptSandbox } from "#lib/legrand/key-rotation/store.ts";
import { KNOWN_VALUES } from "#lib/server/boot/known-value.ts";

/**
 * Re-encrypts every ciphertext of both parties under the first of `TOKEN_ENCRYPTION_KEYS`. The known value
 * comes last: until then, a start requires the former key. `say` may throw to stop the work; the next run
 * continues it.
 */
export async function reencryptEverything(
  say: (progress: RotationProgress) => void,
): Promise<RotationTally[]> {
  return [
    ...(await reencryptConnect(say)),
    ...(await reencryptSandbox(say)),
    await reencryptTable(KNOWN_VALUES, say),
  ];
}

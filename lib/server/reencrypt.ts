import { reencryptConnect } from "#lib/connect/key-rotation/store.ts";
import type { RotationProgress, RotationTally } from "#lib/db/reencrypt-table.ts";
import { reencryptSandbox } from "#lib/legrand/key-rotation/store.ts";

/** Encrypts every ciphertext of both parties under the first of `TOKEN_ENCRYPTION_KEYS`. `say` may throw, to stop it; run again, it goes on. */
export async function reencryptEverything(say: (progress: RotationProgress) => void): Promise<RotationTally[]> {
  return [...(await reencryptConnect(say)), ...(await reencryptSandbox(say))];
}

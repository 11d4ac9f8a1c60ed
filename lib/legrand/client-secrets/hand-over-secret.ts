import { digest } from "#lib/crypto/digest.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { takePendingSecret, type MadeSecret } from "#lib/legrand/client-secrets/store.ts";

const PREFIX = "lgs_";

/** A client secret in the one moment in which it can be read. */
export type FreshSecret = MadeSecret & { value: string };

/**
 * Makes the secret that a ticket stands for and returns it, this once: only its digest is stored. Null for a
 * ticket that was used, has expired, was replaced by a later one, or belongs to another application.
 */
export async function handOverSecret(
  application: OwnedApplication,
  ticket: string,
): Promise<FreshSecret | null> {
  const value = randomToken(PREFIX);
  const made = await takePendingSecret(application, digest(ticket), digest(value), value.slice(-4));
  return made && { ...made, value };
}

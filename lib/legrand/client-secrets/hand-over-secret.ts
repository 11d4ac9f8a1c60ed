import { digest } from "#lib/crypto/digest.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { takePendingSecret, type MadeSecret } from "#lib/legrand/client-secrets/store.ts";

const PREFIX = "lgs_";

/** A client secret with its value, which can be read only now. */
export type FreshSecret = MadeSecret & { value: string };

/**
 * Generates the secret for a ticket and returns its value once. Only the digest is stored. Returns null if
 * the ticket was used, has expired, was replaced by a later one, or belongs to another application.
 */
export async function handOverSecret(
  application: OwnedApplication,
  ticket: string,
): Promise<FreshSecret | null> {
  const value = randomToken(PREFIX);
  const made = await takePendingSecret(application, digest(ticket), digest(value), value.slice(-4));
  return made && { ...made, value };
}

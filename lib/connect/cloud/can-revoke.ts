import { findEndpoint } from "#lib/connect/cloud/find-endpoint.ts";
import { env } from "#lib/env.ts";

/** Time limit, because a page waits for the answer. */
const PATIENCE_MS = 3_000;

/**
 * True if Legrand offers a way to revoke tokens. Asks in the same way as a disconnect does, so that the
 * question before it and the sentence after it agree. Returns true if Legrand does not answer now, because a
 * disconnect then keeps trying.
 */
export async function canRevoke(): Promise<boolean> {
  if (env().sandbox) return true;
  return (await findEndpoint("revocation_endpoint", PATIENCE_MS)).found !== "none";
}

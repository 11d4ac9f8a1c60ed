import { findEndpoint } from "#lib/connect/cloud/find-endpoint.ts";
import { env } from "#lib/env.ts";

/** A page waits no longer for it. */
const PATIENCE_MS = 3_000;

/**
 * Whether Legrand offers a way to give tokens back, asked where a disconnect asks it: what the question says
 * before and what is said afterwards is the same. True where it does not answer now, for then a disconnect
 * goes on trying.
 */
export async function canRevoke(): Promise<boolean> {
  if (env().sandbox) return true;
  return (await findEndpoint("revocation_endpoint", PATIENCE_MS)).found !== "none";
}

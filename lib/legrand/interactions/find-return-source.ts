import { digest } from "#lib/crypto/digest.ts";
import { env } from "#lib/env.ts";
import { findArtifact } from "#lib/legrand/authorization-server/store.ts";

/** Where the interaction `uid` leads back to, as a CSP source: an origin, or the scheme of a private-use or IPv6 address; or null. */
export async function findReturnSource(uid: string): Promise<string | null> {
  if (!env().sandbox) return null;
  const artifact = await findArtifact("Interaction", digest(uid)).catch(() => null);
  const redirectUri = URL.parse((artifact?.payload.params as { redirect_uri?: string } | undefined)?.redirect_uri ?? "");
  if (!redirectUri) return null;
  // A policy has no form for an IPv6 address (CSP Level 3 §2.3.1, host-part): the scheme has to do.
  return redirectUri.origin === "null" || redirectUri.hostname.startsWith("[") ? redirectUri.protocol : redirectUri.origin;
}

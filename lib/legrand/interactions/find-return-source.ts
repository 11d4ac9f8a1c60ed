import { digest } from "#lib/crypto/digest.ts";
import { env } from "#lib/env.ts";
import { findArtifact } from "#lib/legrand/authorization-server/artifacts.store.ts";

/**
 * Hosts that a policy can name (CSP Level 3 §2.3.1, host-char): not an IPv6 address, and without underscore.
 */
const NAMEABLE = /^[a-z\d.-]+$/;

/**
 * Returns where the interaction `uid` redirects to, as a CSP source, or null. It is an origin, or only the
 * scheme if a policy cannot name the host.
 */
export async function findReturnSource(uid: string): Promise<string | null> {
  if (!env().sandbox) return null;
  const artifact = await findArtifact("Interaction", digest(uid)).catch(() => null);
  const redirectUri = URL.parse(
    (artifact?.payload.params as { redirect_uri?: string } | undefined)?.redirect_uri ?? "",
  );
  if (!redirectUri) return null;
  const isNamed = redirectUri.origin !== "null" && NAMEABLE.test(redirectUri.hostname);
  return isNamed ? redirectUri.origin : redirectUri.protocol;
}

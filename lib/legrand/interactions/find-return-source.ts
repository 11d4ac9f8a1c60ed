import { digest } from "#lib/crypto/digest.ts";
import { env } from "#lib/env.ts";
import { findArtifact } from "#lib/legrand/authorization-server/store.ts";

/** The hosts that a policy can name (CSP Level 3 §2.3.1, host-char): no IPv6 address, no underscore. */
const NAMEABLE = /^[a-z\d.-]+$/;

/**
 * Where the interaction `uid` leads back to, as a CSP source: an origin, or the scheme alone where a policy
 * knows no more; or null.
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

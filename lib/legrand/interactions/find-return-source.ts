import { digest } from "#lib/crypto/digest.ts";
import { env } from "#lib/env.ts";
import { policySource } from "#lib/http/policy-source.ts";
import { findArtifact } from "#lib/legrand/authorization-server/artifacts.store.ts";

/**
 * Returns where the interaction `uid` redirects to, as a CSP source, or null. It is an origin, or only the
 * scheme if a policy cannot name the host.
 */
export async function findReturnSource(uid: string): Promise<string | null> {
  if (!env().sandbox) return null;
  const artifact = await findArtifact("Interaction", digest(uid)).catch(() => null);
  return policySource(
    (artifact?.payload.params as { redirect_uri?: string } | undefined)?.redirect_uri ?? "",
  );
}

import { digest } from "#lib/crypto/digest.ts";
import { env } from "#lib/env.ts";
import { findArtifact } from "#lib/legrand/authorization-server/artifacts.store.ts";

/**
 * Hosts that a policy can name (CSP Level 3 §2.3.1, host-char): not an IPv6 address, and without underscore.
 */
const NAMEABLE = /^[a-z\d.-]+$/;

/** What the content security policy of an interaction's page depends on. */
export type PolicyFacts = {
  /** Where the interaction redirects to, as a CSP source, or null if it is unknown. */
  returnSource: string | null;
  /** True if the page asks who the person is. False for consent, and for an unknown interaction. */
  asksForPassword: boolean;
};

/** Returns the facts about the interaction `uid` from which the policy of its page is made. */
export async function findPolicyFacts(uid: string): Promise<PolicyFacts> {
  const artifact = env().sandbox ? await findArtifact("Interaction", digest(uid)).catch(() => null) : null;
  const { params, prompt } = (artifact?.payload ?? {}) as {
    params?: { redirect_uri?: string };
    prompt?: { name?: string };
  };
  return {
    returnSource: sourceOf(params?.redirect_uri ?? ""),
    asksForPassword: prompt ? prompt.name !== "consent" : false,
  };
}

/** Returns an origin, or only the scheme if a policy cannot name the host. */
function sourceOf(address: string): string | null {
  const redirectUri = URL.parse(address);
  if (!redirectUri) return null;
  const isNamed = redirectUri.origin !== "null" && NAMEABLE.test(redirectUri.hostname);
  return isNamed ? redirectUri.origin : redirectUri.protocol;
}

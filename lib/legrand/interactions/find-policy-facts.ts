import { digest } from "#lib/crypto/digest.ts";
import { env } from "#lib/env.ts";
import { policySource } from "#lib/http/policy-source.ts";
import { findArtifact } from "#lib/legrand/authorization-server/artifacts.store.ts";

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
    returnSource: policySource(params?.redirect_uri ?? ""),
    asksForPassword: prompt ? prompt.name !== "consent" : false,
  };
}

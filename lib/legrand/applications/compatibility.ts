import { z } from "zod";

import { env } from "#lib/env.ts";
import {
  ACTIVATION_TIMES,
  REFRESH_POLICIES,
  type ActivationTime,
  type RefreshPolicy,
} from "#lib/legrand/applications/compatibility-constants.ts";

/**
 * Settings that a developer chooses so that an existing program works. Each program relies on a different
 * behaviour of the real cloud.
 */
export type Compatibility = {
  /** Null until the developer chooses one. Until then, `SANDBOX_REFRESH_OVERLAP_SECONDS` decides. */
  refreshPolicy: RefreshPolicy | null;
  activationTime: ActivationTime;
};

/** The form with these settings. */
export const compatibilitySchema = z.object({
  refreshPolicy: z.enum(REFRESH_POLICIES),
  activationTime: z.enum(ACTIVATION_TIMES),
});

/** The overlap in seconds if the developer chose it but the sandbox's default is strict rotation. */
const CHOSEN_OVERLAP_SECONDS = 30;

/**
 * Returns the policy that applies: the developer's choice, or else the one from
 * `SANDBOX_REFRESH_OVERLAP_SECONDS` (0 is strict rotation).
 */
export function refreshPolicyOf({ refreshPolicy }: Pick<Compatibility, "refreshPolicy">): RefreshPolicy {
  return refreshPolicy ?? (env().sandbox!.refreshOverlapSeconds === 0 ? "strict" : "overlap");
}

/**
 * Returns how long the response to a refresh can be fetched again under a policy, in seconds. It is 0 under
 * strict rotation.
 */
export function overlapSecondsOf(policy: RefreshPolicy): number {
  return policy === "strict" ? 0 : env().sandbox!.refreshOverlapSeconds || CHOSEN_OVERLAP_SECONDS;
}

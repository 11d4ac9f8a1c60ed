import { z } from "zod";

import { env } from "#lib/env.ts";
import {
  ACTIVATION_TIMES,
  REFRESH_POLICIES,
  type ActivationTime,
  type RefreshPolicy,
} from "#lib/legrand/applications/compatibility-constants.ts";

/**
 * What a developer sets so that a program of the field works: each program relies on another behaviour of the
 * real cloud.
 */
export type Compatibility = {
  /** Null until the developer chooses one: then `SANDBOX_REFRESH_OVERLAP_SECONDS` decides. */
  refreshPolicy: RefreshPolicy | null;
  activationTime: ActivationTime;
};

/** The form of these settings. */
export const compatibilitySchema = z.object({
  refreshPolicy: z.enum(REFRESH_POLICIES),
  activationTime: z.enum(ACTIVATION_TIMES),
});

/** Seconds of an overlap that a developer chose where the sandbox's own default is strict rotation. */
const CHOSEN_OVERLAP_SECONDS = 30;

/**
 * The policy that applies: what the developer chose, or else what `SANDBOX_REFRESH_OVERLAP_SECONDS` says (0
 * is strict rotation).
 */
export function refreshPolicyOf({ refreshPolicy }: Pick<Compatibility, "refreshPolicy">): RefreshPolicy {
  return refreshPolicy ?? (env().sandbox!.refreshOverlapSeconds === 0 ? "strict" : "overlap");
}

/**
 * How long the answer to a refresh can be fetched again under a policy, in seconds; 0 under strict rotation.
 */
export function overlapSecondsOf(policy: RefreshPolicy): number {
  return policy === "strict" ? 0 : env().sandbox!.refreshOverlapSeconds || CHOSEN_OVERLAP_SECONDS;
}

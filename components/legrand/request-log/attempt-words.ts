import type { Outcome, AttemptStep } from "#lib/legrand/request-log/attempt.ts";

/** The words of each step on screen. */
export const ATTEMPT_STEP_WORDS: Record<AttemptStep, string> = {
  authorize: "Authorization request",
  sign_in: "Sign-in",
  consent: "Consent",
  token: "Token request",
  userinfo: "Userinfo",
  api: "API call",
  introspect: "Introspection",
  revoke: "Revocation",
};

/** The word and the light of each outcome. */
export const ATTEMPT_OUTCOME_WORDS = {
  succeeded: { word: "Succeeded", tone: "success" },
  waiting: { word: "Waits for the person", tone: "off" },
  refused: { word: "Refused", tone: "warning" },
  failed: { word: "Failed", tone: "danger" },
} as const satisfies Record<Outcome, { word: string; tone: string }>;

import type { ActivationTime, RefreshPolicy } from "#lib/legrand/applications/compatibility.ts";

type Words = { name: string; meaning: string };

/** The refresh policies on screen and in the history. */
export const REFRESH_POLICY_WORDS: Record<RefreshPolicy, Words> = {
  strict: { name: "Strict", meaning: "The second use of a refresh token ends the access. A client that loses an answer has to connect again." },
  overlap: { name: "Overlap", meaning: "For some seconds, equal requests with a spent refresh token get the same answer, until the new refresh token is used. Later uses end the access." },
  former: { name: "Former tokens", meaning: "Each refresh token buys new tokens until its own end, however often it is used. Only for requests with the client secret; others follow Overlap." },
};

/** The forms of `activationTime` on screen and in the history. */
export const ACTIVATION_TIME_WORDS: Record<ActivationTime, Words> = {
  without_offset: { name: "Without offset", meaning: "The clock in the home: 2026-11-23T18:00:00." },
  with_offset: { name: "With offset", meaning: "The clock in the home and its offset from UTC: 2026-11-23T18:00:00+01:00." },
};

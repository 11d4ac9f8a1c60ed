/** What happens when a refresh token is used after its first use (decision 18). */
export const REFRESH_POLICIES = ["strict", "overlap", "former"] as const;
/** One of the refresh policies. */
export type RefreshPolicy = (typeof REFRESH_POLICIES)[number];

/**
 * How the API writes `activationTime`: in the local time of the home, with or without its offset from UTC
 * (decision 48).
 */
export const ACTIVATION_TIMES = ["without_offset", "with_offset"] as const;
/** One of the forms of `activationTime`. */
export type ActivationTime = (typeof ACTIVATION_TIMES)[number];

type Words = { name: string; meaning: string };

/** The name and meaning of each refresh policy, on screen and in the history. */
export const REFRESH_POLICY_WORDS: Record<RefreshPolicy, Words> = {
  strict: {
    name: "Strict",
    meaning:
      "The second use of a refresh token ends the access. A client that loses an answer has to connect again.",
  },
  overlap: {
    name: "Overlap",
    meaning:
      "For some seconds, equal requests with a used refresh token get the same answer, until the new refresh token is used. Later uses end the access.",
  },
  former: {
    name: "Former tokens",
    meaning:
      "Each refresh token buys new tokens until its own end, however often it is used. Only for requests with the client secret; others follow Overlap.",
  },
};

/** The name and meaning of each form of `activationTime`, on screen and in the history. */
export const ACTIVATION_TIME_WORDS: Record<ActivationTime, Words> = {
  without_offset: { name: "Without offset", meaning: "The clock in the home: 2026-11-23T18:00:00." },
  with_offset: {
    name: "With offset",
    meaning: "The clock in the home and its offset from UTC: 2026-11-23T18:00:00+01:00.",
  },
};

/** How long the parts of a refresh may take, in milliseconds. */
export type Timings = {
  /**
   * Lease duration. After it expires, another process may take over the refresh. Less than the 30 s in which
   * a used refresh token may be sent again.
   */
  leaseMs: number;
  /**
   * Time limit for asking the token endpoint, including the body and a second attempt. Not shorter, because a
   * request that is aborted may already have rotated the refresh token, and a late answer is still stored.
   */
  requestTimeoutMs: number;
  /** How long a caller waits for the result. */
  callerTimeoutMs: number;
  /** How long a process waits for another process to finish, or for its lease to expire. */
  pollTimeoutMs: number;
  /** Interval between two reads of the row while another process refreshes. */
  pollIntervalMs: number;
  /** Longest random delay before the second attempt, after a lost answer. */
  longestJitterMs: number;
  /**
   * Delays before each further attempt to store an answer. They add up to two minutes, the time that a
   * database needs to restart. This exceeds the lease on purpose: no process can take over the lease while
   * the database is down, and a process that does take it over gets the same tokens.
   */
  storeRetryDelaysMs: readonly number[];
};

/** The values that the application uses (decision 20). */
export const TIMINGS: Timings = {
  leaseMs: 25_000,
  requestTimeoutMs: 20_000,
  callerTimeoutMs: 10_000,
  pollTimeoutMs: 30_000,
  pollIntervalMs: 150,
  longestJitterMs: 500,
  storeRetryDelaysMs: [100, 300, 1_000, ...Array<number>(40).fill(3_000)],
};

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
  requestMs: number;
  /** How long a caller waits for the result. */
  patienceMs: number;
  /** How long a process waits for another process to finish, or for its lease to expire. */
  waitMs: number;
  /** Interval between two reads of the row while another process refreshes. */
  lookMs: number;
  /** Longest random delay before the second attempt, after a lost answer. */
  jitterMs: number;
  /**
   * Delays before each further attempt to store an answer. They add up to two minutes, the time that a
   * database needs to restart. This exceeds the lease on purpose: no process can take over the lease while
   * the database is down, and a process that does take it over gets the same tokens.
   */
  storeAgainMs: readonly number[];
};

/** The values that the application uses (decision 20). */
export const TIMINGS: Timings = {
  leaseMs: 25_000,
  requestMs: 20_000,
  patienceMs: 10_000,
  waitMs: 30_000,
  lookMs: 150,
  jitterMs: 500,
  storeAgainMs: [100, 300, 1_000, ...Array<number>(40).fill(3_000)],
};

/** How long the parts of a refresh may take, in milliseconds. */
export type Timings = {
  /**
   * The claim of the one who refreshes; who comes after its end takes over. Below the 30 s in which a used
   * refresh token may be sent once more.
   */
  leaseMs: number;
  /**
   * For asking the token endpoint, the body and a second attempt included. Not shorter: a request that is
   * broken off may have rotated the refresh token already, and an answer that comes late is still stored.
   */
  requestMs: number;
  /** That a caller waits for the result. */
  patienceMs: number;
  /** That somebody goes on waiting for another process, or for the end of its lease. */
  waitMs: number;
  /** Between two looks at the row while another process refreshes. */
  lookMs: number;
  /** At most, before the second attempt after a lost answer. */
  jitterMs: number;
  /**
   * Before each further attempt to store an answer: for two minutes, which a database needs to start again.
   * Beyond the lease, for nobody can take it over while the database is away, and whoever took it over has
   * the same tokens.
   */
  storeAgainMs: readonly number[];
};

/** What the application runs with (decision 20). */
export const TIMINGS: Timings = {
  leaseMs: 25_000,
  requestMs: 20_000,
  patienceMs: 10_000,
  waitMs: 30_000,
  lookMs: 150,
  jitterMs: 500,
  storeAgainMs: [100, 300, 1_000, ...Array<number>(40).fill(3_000)],
};

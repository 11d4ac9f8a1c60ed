import type { BulkRevocationState } from "#lib/db/generated/enums.ts";

/**
 * A bulk revocation as its page and the list show it. `left`: accounts that are not processed yet. If the
 * bulk revocation was stopped, they stay unchanged.
 */
export type BulkRevocation = {
  id: string;
  createdAt: Date;
  endedAt: Date | null;
  actor: string;
  reason: string;
  selection: string;
  state: BulkRevocationState;
  total: number;
  revoked: number;
  skipped: number;
  failed: number;
  left: number;
  /**
   * True if a process is working on it now. If false, it is waiting for its turn, or for the lease of a
   * killed process to expire.
   */
  isWorkedOn: boolean;
};

/**
 * A linked account that could not be revoked, and a sentence that says why. `name` is null if the account is
 * gone.
 */
export type BulkFailure = { accountId: string; name: string | null; failure: string };

/** The result for one account. `skipped`: someone else revoked it first, or it is gone. */
export type ItemOutcome =
  { result: "revoked" } | { result: "skipped" } | { result: "failed"; failure: string };

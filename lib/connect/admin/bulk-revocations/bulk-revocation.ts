import type { BulkRevocationState } from "#lib/db/generated/enums.ts";

/**
 * A bulk revocation as its page and the list show it. `left`: accounts that nobody has looked at; of a
 * stopped one they stay as they were.
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
   * Whether a process works on it at this moment: it waits for its turn, or for the end of a process that was
   * killed, where not.
   */
  isWorkedOn: boolean;
};

/**
 * A linked account that could not be revoked, and the sentence that says why; without a name where it is
 * gone.
 */
export type BulkFailure = { accountId: string; name: string | null; failure: string };

/** What became of one account: `skipped` where somebody else was first, or it is gone. */
export type ItemOutcome =
  { result: "revoked" } | { result: "skipped" } | { result: "failed"; failure: string };

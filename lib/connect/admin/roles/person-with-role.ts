import type { AdminRole } from "#lib/db/generated/enums.ts";

/**
 * A user and their role. `since` and `by` come from the audit log, and are null if the role was not given
 * there.
 */
export type PersonWithRole = {
  userId: string;
  name: string | null;
  email: string | null;
  role: AdminRole | null;
  since: Date | null;
  by: string | null;
  /** When they last signed in, with any account. Null for a user without an account. */
  signedInAt: Date | null;
  /** Their connected accounts. */
  accounts: { id: string; legrandId: string; email: string | null }[];
};

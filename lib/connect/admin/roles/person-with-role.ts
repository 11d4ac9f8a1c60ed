import type { AdminRole } from "#lib/db/generated/enums.ts";

/** A person with their role: since when and by whom the audit log says, if it was given there. */
export type PersonWithRole = {
  userId: string;
  name: string | null;
  email: string | null;
  role: AdminRole | null;
  since: Date | null;
  by: string | null;
  /** When they signed in last: with whichever account. Null for a user without an account. */
  signedInAt: Date | null;
  /** Their connected accounts. */
  accounts: { id: string; legrandId: string; email: string | null }[];
};

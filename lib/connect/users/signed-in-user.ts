import type { AdminUser } from "#lib/connect/users/admin-user.ts";

declare const proof: unique symbol;

/**
 * Proof that a user is signed in to Connect. Made only by `requireUser` and `findUser` (lib/connect/auth/auth.ts).
 * `label` is their e-mail address or name. `admin` is their role, or null.
 */
export type SignedInUser = {
  userId: string;
  name: string | null;
  label: string;
  admin: AdminUser | null;
  readonly [proof]: true;
};

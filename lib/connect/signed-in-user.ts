import type { AdminUser } from "#lib/connect/admin/admin-user.ts";

declare const proof: unique symbol;

/**
 * Proof that somebody is signed in at Connect; made only by `requireUser` and `findUser`
 * (lib/connect/auth.ts). `label`: their e-mail address, or name. `admin`: their role, if they have one.
 */
export type SignedInUser = {
  userId: string;
  name: string | null;
  label: string;
  admin: AdminUser | null;
  readonly [proof]: true;
};

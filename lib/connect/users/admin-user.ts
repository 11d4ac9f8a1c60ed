import type { AdminRole } from "#lib/db/generated/enums.ts";

declare const proof: unique symbol;

/**
 * Proof that this request comes from a user with a role. The user is an administrator, or an auditor, who can
 * read everything and change nothing. Made only by `findAdmin` and `requireAdmin` (lib/connect/auth/auth.ts).
 * `label` is how the audit log names them: their e-mail address or name.
 */
export type AdminUser = {
  userId: string;
  name: string | null;
  label: string;
  role: AdminRole;
  readonly [proof]: true;
};

/** Proof that the user is an administrator, who may make changes. */
export type Administrator = AdminUser & { role: "administrator" };

/** True for an administrator, false for an auditor. */
export function isAdministrator(admin: AdminUser | null): admin is Administrator {
  return admin?.role === "administrator";
}

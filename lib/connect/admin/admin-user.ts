import type { AdminRole } from "#lib/db/generated/enums.ts";

declare const proof: unique symbol;

/**
 * Proof that this request comes from somebody with a role: an administrator, or an auditor, who reads
 * everything and changes nothing. Made only by `findAdmin` and `requireAdmin` (lib/connect/auth.ts). `label`:
 * what the audit log calls them, their e-mail address or name.
 */
export type AdminUser = {
  userId: string;
  name: string | null;
  label: string;
  role: AdminRole;
  readonly [proof]: true;
};

/** Proof that it is an administrator, who may act. */
export type Administrator = AdminUser & { role: "administrator" };

/** Whether that is an administrator, and no auditor. */
export function isAdministrator(admin: AdminUser | null): admin is Administrator {
  return admin?.role === "administrator";
}

import { isAdministrator, type Administrator } from "#lib/connect/admin/admin-user.ts";
import { NO_TARGET, type AuditAction, type AuditOrigin } from "#lib/connect/admin/audit/audit-entry.ts";
import { auditOrigin } from "#lib/connect/admin/audit/audit-origin.ts";
import { recordAudit } from "#lib/connect/admin/audit/store.ts";
import { NotAdministratorError } from "#lib/connect/admin/not-administrator-error.ts";
import { findUser } from "#lib/connect/auth.ts";
import { answerInvalid, formPost } from "#lib/http/form-post.ts";

/** What an administrator's form brings: what was sent, and what the audit log needs to know. */
export type AdminRequest = { form: URLSearchParams; origin: AuditOrigin };

/**
 * A route handler for a form of an administrator: same origin, bounded, readable, and an administrator at this moment; then `work`, which
 * answers with the address to go to, or with a response of its own, and writes into the audit log what it did. To everybody else, an
 * auditor too, there is nothing at this address (404); the attempt of somebody who is signed in is in the audit log.
 */
export function adminPost<Context>(action: AuditAction, work: (admin: Administrator, request: AdminRequest, context: Context) => Promise<string | Response>) {
  return formPost<Context>(async (form, headers, context) => {
    const user = await findUser();
    if (!user) return nothingHere();
    const origin = auditOrigin(user, headers);
    const refuse = async () => {
      await recordAudit({ ...origin, ...NO_TARGET, action, outcome: "refused", detail: { reason: "no_role" } });
      return nothingHere();
    };
    const admin = user.admin;
    if (!isAdministrator(admin)) return refuse();
    try {
      return await work(admin, { form, origin }, context);
    } catch (error) {
      if (error instanceof NotAdministratorError) return refuse();
      throw error;
    }
  });
}

const nothingHere = () => answerInvalid(404, "There is nothing at this address.");

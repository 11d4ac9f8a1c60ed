import { isAdministrator, type Administrator } from "#lib/connect/admin/admin-user.ts";
import { recordAttempt } from "#lib/connect/audit/attempts/store.ts";
import type { AuditAction, AuditOrigin } from "#lib/connect/audit/audit-entry.ts";
import { recordAudit } from "#lib/connect/audit/store.ts";
import { auditOrigin } from "#lib/connect/audit/audit-origin.ts";
import { NotAdministratorError } from "#lib/connect/admin/not-administrator-error.ts";
import { findUser } from "#lib/connect/auth.ts";
import { answerFailure, answerNothingHere, formPost } from "#lib/http/form-post.ts";

/** What an administrator's form brings: what was sent, and what the audit log needs to know. */
export type AdminRequest = { form: URLSearchParams; origin: AuditOrigin };

/**
 * A route handler for a form of an administrator: an administrator at this moment; same origin, bounded,
 * readable; then `work`, which answers with the address to go to, or with a response of its own, and writes
 * into the audit log what it did. To everybody else, an auditor too, there is nothing at this address (404),
 * whatever they send; the attempt of somebody who is signed in is in the audit log.
 */
export function adminPost<Context>(
  action: AuditAction,
  work: (admin: Administrator, request: AdminRequest, context: Context) => Promise<string | Response>,
) {
  return async (request: Request, context: Context): Promise<Response> => {
    try {
      const user = await findUser();
      if (!user) return answerNothingHere();
      const origin = auditOrigin(user, request.headers);
      const admin = user.admin;
      if (!isAdministrator(admin)) return await refuse(origin, action, request);
      return await formPost<Context>((form) =>
        work(admin, { form, origin }, context).catch(async (error: unknown) => {
          if (error instanceof NotAdministratorError) return refuse(origin, action, request);
          await recordFailure(origin, action, request);
          throw error;
        }),
      )(request, context);
    } catch (error) {
      return answerFailure(request, error);
    }
  };
}

/**
 * That it was tried and something failed; where the log cannot be written either, the server's own has the
 * failure.
 */
async function recordFailure(origin: AuditOrigin, action: AuditAction, { url }: Request): Promise<void> {
  await recordAudit({
    ...origin,
    action,
    outcome: "failed",
    targetType: "",
    targetId: null,
    target: "",
    detail: { path: new URL(url).pathname.slice(0, 200) },
  }).catch(() => {});
}

async function refuse(origin: AuditOrigin, action: AuditAction, { url }: Request): Promise<Response> {
  await recordAttempt(origin, action, { path: new URL(url).pathname });
  return answerNothingHere();
}

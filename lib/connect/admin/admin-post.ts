import { isAdministrator, type Administrator } from "#lib/connect/users/admin-user.ts";
import { recordAttempt } from "#lib/connect/audit/attempts.store.ts";
import type { AuditAction, AuditOrigin } from "#lib/connect/audit/audit-entry.ts";
import { recordAudit } from "#lib/connect/audit/store.ts";
import { auditOrigin } from "#lib/connect/audit/audit-origin.ts";
import { NotAdministratorError } from "#lib/connect/admin/not-administrator-error.ts";
import { findUser } from "#lib/connect/auth/auth.ts";
import { answerFailure, answerNothingHere, formPost } from "#lib/http/form-post.ts";

/** An administrator's form: the submitted fields, and the origin that the audit log needs. */
export type AdminRequest = { form: URLSearchParams; origin: AuditOrigin };

/**
 * Returns a route handler for an administrator's form. It checks that the caller is an administrator now, and
 * that the request is same-origin, within the size limit and readable. Then it runs `work`, which returns the
 * URL to go to, or its own response, and writes what it did to the audit log.
 *
 * All other callers, including auditors, get 404 for every request. If the caller is signed in, the attempt
 * is written to the audit log.
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
 * Records that an action was tried and failed. If the audit log cannot be written either, the server log
 * still has the failure.
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

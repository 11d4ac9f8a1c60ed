import type { AdminUser } from "#lib/connect/users/admin-user.ts";
import { auditOrigin } from "#lib/connect/audit/audit-origin.ts";
import { recordAttempt } from "#lib/connect/audit/attempts.store.ts";
import { answerExport } from "#lib/connect/admin/exports/answer-export.ts";
import type { ExportRequest, ExportSource } from "#lib/connect/admin/exports/export.ts";
import { parseExportQuery } from "#lib/connect/admin/exports/parse-export-query.ts";
import { findUser } from "#lib/connect/auth/auth.ts";
import { answerFailure, answerInvalid, answerNothingHere, answerUnreadable } from "#lib/http/form-post.ts";
import { readQuery, UnreadableRequestError } from "#lib/http/read-parameters.ts";
import { isSameOrigin } from "#lib/http/same-origin.ts";
import type { SignedInUser } from "#lib/connect/users/signed-in-user.ts";

/** What to export, in words and as rows. If the URL is invalid, a sentence that says why. */
export type ExportSelection =
  { ok: true; filter: string; estimate: number; source: ExportSource } | { ok: false; sentence: string };

/**
 * Returns a GET route that answers with a file of the rows that `select` reads from the query. A caller
 * without a role gets 404; if they are signed in, the attempt is written to the audit log. Never throws.
 */
export function exportRoute(
  action: ExportRequest["action"],
  select: (admin: AdminUser, query: URLSearchParams) => Promise<ExportSelection>,
) {
  return async (request: Request): Promise<Response> => {
    try {
      const user = await findUser();
      if (!user?.admin) return await refuse(user, action, request.headers);
      // A link on another site must not make an administrator's browser read a million rows.
      if (!isSameOrigin(request.headers))
        return answerInvalid(403, "This export was asked for by another site. Open it from the list.");
      return await answer(
        { admin: user.admin, origin: auditOrigin(user, request.headers), action },
        request,
        select,
      );
    } catch (error) {
      return error instanceof UnreadableRequestError
        ? answerUnreadable(error)
        : answerFailure(request, error);
    }
  };
}

type Asked = Pick<ExportRequest, "origin" | "action"> & { admin: AdminUser };

async function answer(
  asked: Asked,
  request: Request,
  select: (admin: AdminUser, query: URLSearchParams) => Promise<ExportSelection>,
): Promise<Response> {
  const query = readQuery(new URL(request.url).search);
  const wanted = parseExportQuery(query);
  const selected = wanted.ok ? await select(asked.admin, query) : wanted;
  if (!wanted.ok || !selected.ok) return answerInvalid(400, (selected as { sentence: string }).sentence);
  const { filter, estimate, source } = selected;
  return answerExport(
    { ...asked, id: wanted.run, format: wanted.format, filter, estimate },
    source,
    request.method === "HEAD",
  );
}

async function refuse(
  user: SignedInUser | null,
  action: ExportRequest["action"],
  headers: Headers,
): Promise<Response> {
  if (user) await recordAttempt(auditOrigin(user, headers), action);
  return answerNothingHere();
}

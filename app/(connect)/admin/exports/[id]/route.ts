import { findExport } from "#lib/connect/admin/exports/store.ts";
import { findAdmin } from "#lib/connect/auth/auth.ts";
import { answerFailure, answerNothingHere } from "#lib/http/form-post.ts";
import { isUuid } from "#lib/is-uuid.ts";

type Context = { params: Promise<{ id: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const [admin, { id }] = [await findAdmin(), await params];
    const progress = admin && isUuid(id) ? await findExport(admin, id) : null;
    if (!progress) return answerNothingHere();
    return Response.json(progress, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return answerFailure(request, error);
  }
}

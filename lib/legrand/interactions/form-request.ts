import { readForm, UnreadableRequestError } from "#lib/legrand/authorization-server/read-parameters.ts";
import { answerFailure, answerUnreadable } from "#lib/legrand/authorization-server/error-answers.ts";
import { sandboxOnly } from "#lib/legrand/sandbox-only.ts";
import { isSameOrigin } from "#lib/same-origin.ts";

type RouteContext = { params: Promise<{ uid: string }> };

/** One form post within an interaction. */
export type FormPost = { uid: string; form: URLSearchParams; headers: Headers };

/**
 * A route handler for a form of the interaction pages: same origin, bounded, readable; then `work`, which answers with the
 * address to go to, or with a response of its own. Every answer is a 303, so that a reload repeats nothing.
 */
export function formRoute(work: (post: FormPost) => Promise<string | Response>) {
  return sandboxOnly(async (request: Request, { params }: RouteContext) => {
    if (!isSameOrigin(request.headers)) return refuse();
    try {
      const { uid } = await params;
      const answer = await work({ uid, form: await readForm(request), headers: request.headers });
      return typeof answer === "string" ? seeOther(answer) : answer;
    } catch (error) {
      return error instanceof UnreadableRequestError ? answerUnreadable(error) : answerFailure(request, error);
    }
  });
}

/** Where the browser goes after a form post (RFC 9110 §15.4.4). */
export function seeOther(location: string, cookie?: string): Response {
  const headers = new Headers({ location, "cache-control": "no-store" });
  if (cookie) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}

/** The page that explains why an interaction cannot go on, or shows it again. */
export const interactionPath = (uid: string) => `/legrand/interaction/${encodeURIComponent(uid)}`;

function refuse(): Response {
  return Response.json({ error: "forbidden", error_description: "This form was sent from another site. Nothing was changed." }, { status: 403 });
}

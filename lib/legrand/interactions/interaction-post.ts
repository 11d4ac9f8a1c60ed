import { formPost } from "#lib/http/form-post.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";

type RouteContext = { params: Promise<{ uid: string }> };

/** One form post within an interaction. */
export type InteractionPost = { uid: string; form: URLSearchParams; headers: Headers };

/** A route handler for a form of the interaction pages. */
export function interactionPost(work: (post: InteractionPost) => Promise<string | Response>) {
  return sandboxRoute(
    formPost<RouteContext>(async (form, headers, { params }) => work({ ...(await params), form, headers })),
  );
}

/** The page that explains why an interaction cannot go on, or shows it again. */
export const interactionPath = (uid: string) => `/legrand/interaction/${encodeURIComponent(uid)}`;

import { formPost } from "#lib/http/form-post.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";

type RouteContext = { params: Promise<{ uid: string }> };

/** One form post within an interaction. */
export type InteractionPost = { uid: string; form: URLSearchParams; headers: Headers };

/** Creates a route handler for a form of the interaction pages. */
export function interactionPost(work: (post: InteractionPost) => Promise<string | Response>) {
  return sandboxRoute(
    formPost<RouteContext>(async (form, headers, { params }) => work({ ...(await params), form, headers })),
  );
}

/** Returns the path of the page that shows an interaction, or explains why it cannot continue. */
export const interactionPath = (uid: string) => `/legrand/interaction/${encodeURIComponent(uid)}`;

import { env } from "#lib/env.ts";
import { answerFailure } from "#lib/http/form-post.ts";

/**
 * Returns a route handler of the sandbox. It answers 404 if Connect talks to another cloud, and 500 or 503
 * with a request id if `handler` throws.
 */
export function sandboxRoute<Rest extends unknown[]>(
  handler: (request: Request, ...rest: Rest) => Promise<Response>,
) {
  return async (request: Request, ...rest: Rest): Promise<Response> => {
    if (!env().sandbox) return Response.json({ error: "not_found" }, { status: 404 });
    try {
      return await handler(request, ...rest);
    } catch (error) {
      return answerFailure(request, error);
    }
  };
}

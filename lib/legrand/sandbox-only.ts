import { env } from "#lib/env.ts";

/** A route handler that answers 404 where Connect talks to another cloud and the sandbox is out of the picture. */
export function sandboxOnly<Rest extends unknown[]>(handler: (request: Request, ...rest: Rest) => Promise<Response>) {
  return async (request: Request, ...rest: Rest): Promise<Response> =>
    env().sandbox ? handler(request, ...rest) : Response.json({ error: "not_found" }, { status: 404 });
}

import { answerFailure } from "#lib/http/form-post.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";
import { answerNotFound, answerRefusal } from "#lib/legrand/smarther/answers.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";
import { requireCall } from "#lib/legrand/smarther/require-call.ts";

/** The parameters in the path, by the names of the folders below `app`. */
type Parameters = Record<string, string>;
type Handler = (request: Request, context: { params: Promise<Parameters> }) => Promise<Response>;
type Method = "GET" | "POST" | "DELETE";

/** The scope that an operation needs, and what it does for a caller that has the scope. */
type Operation = {
  scope: string;
  answer: (access: Access, parameters: Parameters, request: Request) => Promise<Response>;
};

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/**
 * Returns the handlers of an API address, one for each method. Each checks key, token, scope and quota in
 * this order, then the request. Other methods answer 405 with `Allow` in the API's form (RFC 9110 §15.5.6);
 * OPTIONS answers with the available methods. `refuse` is the form of the API's refusals. The gateway's
 * refusals (key, token, quota) have one form in every API.
 */
export function operations(
  offered: Partial<Record<Method, Operation>>,
  refuse: typeof answerRefusal = answerRefusal,
): Record<(typeof METHODS)[number], Handler> {
  const allow = METHODS.filter(
    (method) => method === "OPTIONS" || (method === "HEAD" ? offered.GET : method in offered),
  ).join(", ");
  const handlerOf = (method: (typeof METHODS)[number]): Handler => {
    if (method === "OPTIONS")
      return sandboxRoute(async () => new Response(null, { status: 204, headers: { allow } }));
    const operation = offered[method === "HEAD" ? "GET" : (method as Method)];
    return operation
      ? run(operation, refuse)
      : sandboxRoute(async () => refuse(405, `There is no ${method} here; there is ${allow}`, { allow }));
  };
  return Object.fromEntries(METHODS.map((method) => [method, handlerOf(method)])) as Record<
    (typeof METHODS)[number],
    Handler
  >;
}

/**
 * Returns the handlers of an address without an operation. The address is unknown to a caller without a key
 * as well.
 */
export function noOperations(
  answer = answerNotFound,
): Record<(typeof METHODS)[number], () => Promise<Response>> {
  const handler = sandboxRoute(async () => answer()) as () => Promise<Response>;
  return Object.fromEntries(METHODS.map((method) => [method, handler])) as Record<
    (typeof METHODS)[number],
    typeof handler
  >;
}

function run({ scope, answer }: Operation, refuse: typeof answerRefusal): Handler {
  return sandboxRoute(async (request: Request, { params }: { params: Promise<Parameters> }) => {
    try {
      const outcome = await requireCall(request, scope, refuse);
      return outcome.ok ? await answer(outcome.access, await params, request) : outcome.response;
    } catch (error) {
      return inTheApisForm(answerFailure(request, error), refuse);
    }
  });
}

/** Rewrites an internal failure in the form in which the API refuses. */
async function inTheApisForm(failure: Response, refuse: typeof answerRefusal): Promise<Response> {
  const body = (await failure.json()) as { error_description: string };
  const retryAfter = failure.headers.get("retry-after");
  return refuse(
    failure.status === 503 ? 503 : 500,
    body.error_description,
    retryAfter ? { "retry-after": retryAfter } : {},
    body,
  );
}

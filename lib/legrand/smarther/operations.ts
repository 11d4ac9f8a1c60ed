import { answerFailure } from "#lib/http/form-post.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";
import { answerNotFound, answerRefusal } from "#lib/legrand/smarther/answers.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";
import { requireCall } from "#lib/legrand/smarther/require-call.ts";

/** What stands in the address, by the names of the folders below `app`. */
type Parameters = Record<string, string>;
type Handler = (request: Request, context: { params: Promise<Parameters> }) => Promise<Response>;
type Method = "GET" | "POST" | "DELETE";

/** The scope that an operation needs, and what it does for a caller who proved to have it. */
type Operation = {
  scope: string;
  answer: (access: Access, parameters: Parameters, request: Request) => Promise<Response>;
};

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/**
 * The handlers of an address of the API, one for each method: key, token, scope and quota are looked at in
 * this order, then the request. Other methods get 405 with `Allow` in the API's form (RFC 9110 §15.5.6),
 * OPTIONS the methods that there are. `refuse` is the form of the API; what its gateway refuses (key, token,
 * quota) has one form in every API.
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

/** The handlers of an address without an operation: it is as unknown for somebody without a key. */
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

/** A failure of ours, as the API writes a refusal too. */
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

import type { Endpoint, EndpointHandler } from "#lib/http/endpoint.ts";
import { HTTP_METHODS, type HttpMethod } from "#lib/http/endpoint.ts";
import { answerFailure } from "#lib/http/form-post.ts";
import type { IncomingRequest } from "#lib/http/incoming-request.ts";
import { answerNotFound, answerRefusal } from "#lib/legrand/smarther/answers.ts";
import type { CheckedCall } from "#lib/legrand/smarther/calls.store.ts";
import { noteCall } from "#lib/legrand/smarther/note-call.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";
import { requireCall } from "#lib/legrand/smarther/require-call.ts";

/** The scope that an operation needs, and what it does for a caller that has the scope. */
type Operation = {
  scope: string;
  answer: (access: Access, parameters: Record<string, string>, request: IncomingRequest) => Promise<Response>;
};

/**
 * Returns an endpoint of an API, with a handler for each method. Each checks key, token, scope and quota in
 * this order, then the request. Other methods answer 405 with `Allow` in the API's form (RFC 9110 §15.5.6);
 * OPTIONS answers with the available methods. `refuse` is the form of the API's refusals. The gateway's
 * refusals (key, token, quota) have one form in every API.
 */
export function operations(
  offered: Partial<Record<"GET" | "POST" | "DELETE", Operation>>,
  refuse: typeof answerRefusal = answerRefusal,
): Endpoint {
  const allow = HTTP_METHODS.filter(
    (method) => method === "OPTIONS" || (method === "HEAD" ? offered.GET : method in offered),
  ).join(", ");
  const handlerOf = (method: HttpMethod): EndpointHandler => {
    if (method === "OPTIONS") return async () => new Response(null, { status: 204, headers: { allow } });
    const operation = (offered as Partial<Record<HttpMethod, Operation>>)[method === "HEAD" ? "GET" : method];
    return operation
      ? run(operation, refuse)
      : async () => refuse(405, `There is no ${method} here; there is ${allow}`, { allow });
  };
  return Object.fromEntries(HTTP_METHODS.map((method) => [method, handlerOf(method)]));
}

/**
 * Returns the endpoint of an address without an operation. The address is unknown to a caller without a key
 * as well.
 */
export function noOperations(answer = answerNotFound): Endpoint {
  return Object.fromEntries(HTTP_METHODS.map((method) => [method, async () => answer()]));
}

function run({ scope, answer }: Operation, refuse: typeof answerRefusal): EndpointHandler {
  return async (request, parameters) => {
    const call = { request, parameters, begunAt: performance.now() };
    let checked: CheckedCall | null = null;
    try {
      const outcome = await requireCall(request, scope, refuse);
      checked = outcome.checked;
      const response = outcome.ok ? await answer(outcome.access, parameters, request) : outcome.response;
      noteCall(call, checked, response);
      return response;
    } catch (error) {
      const response = await inTheApisForm(answerFailure(request, error), refuse);
      noteCall(call, checked, response);
      return response;
    }
  };
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

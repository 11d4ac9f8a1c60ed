import { SUBSCRIPTION_KEY_HEADER } from "#lib/legrand/subscriptions/subscription-constants.ts";

/** What the form needs to know about an operation. A parameter's `value` is its initial value. */
export type TriedOperation = {
  method: string;
  /** Absolute, with its parameters in braces. */
  url: string;
  scope: { name: string; label: string };
  parameters: { name: string; description: string; value: string }[];
  bodyExample: string | null;
};

/** The request without its credentials; `values` has the path's parameters by name. */
export type ApiRequest = { method: string; url: string; values: Record<string, string>; body: string | null };

/** Returns the initial request for an operation. */
export function startOf({ method, url, parameters, bodyExample }: TriedOperation): ApiRequest {
  return {
    method,
    url,
    body: bodyExample,
    values: Object.fromEntries(parameters.map(({ name, value }) => [name, value])),
  };
}

/** Returns the address with the values in place of its parameters. */
export function writeAddress({ url, values }: Pick<ApiRequest, "url" | "values">): string {
  return url.replace(/\{(\w+)\}/g, (braces, name: string) =>
    values[name]?.trim() ? encodeURIComponent(values[name].trim()) : braces,
  );
}

/** Returns a terminal command. The credentials are shell variables, so that no copied text contains them. */
export function writeCurl(request: ApiRequest): string {
  const lines = [
    `curl -i${request.method === "GET" ? "" : ` -X ${request.method}`} ${quote(writeAddress(request))}`,
    `-H "Authorization: Bearer $ACCESS_TOKEN"`,
    `-H "${SUBSCRIPTION_KEY_HEADER}: $SUBSCRIPTION_KEY"`,
    ...(request.body === null ? [] : [`-H "Content-Type: application/json"`, `-d ${quote(request.body)}`]),
  ];
  return lines.join(" \\\n  ");
}

/** Returns the request as it is sent, with its credentials masked. */
export function writeMasked(request: ApiRequest): string {
  const head = [
    `${request.method} ${writeAddress(request)}`,
    "Authorization: Bearer ••••••••",
    `${SUBSCRIPTION_KEY_HEADER}: ••••••••`,
  ];
  return request.body === null
    ? head.join("\n")
    : [...head, "Content-Type: application/json", "", request.body].join("\n");
}

/**
 * Quotes a value so that every shell takes it literally: a quote inside ends the string, is escaped, and
 * starts it again.
 */
const quote = (value: string) => `'${value.replaceAll("'", "'\\''")}'`;

import { SUBSCRIPTION_KEY_HEADER } from "#lib/legrand/subscriptions/subscription-constants.ts";

/** What the form has to know of an operation; a parameter's `value` is where it starts. */
export type TriedOperation = {
  method: string;
  /** Absolute, with its parameters in braces. */
  url: string;
  scope: { name: string; label: string };
  parameters: { name: string; description: string; value: string }[];
  bodyExample: string | null;
};

/** What is sent but for its credentials; the values of the path's parameters by name. */
export type ApiRequest = { method: string; url: string; values: Record<string, string>; body: string | null };

/** An operation as the form begins with it. */
export function startOf({ method, url, parameters, bodyExample }: TriedOperation): ApiRequest {
  return {
    method,
    url,
    body: bodyExample,
    values: Object.fromEntries(parameters.map(({ name, value }) => [name, value])),
  };
}

/** The address with the values in the place of its parameters. */
export function writeAddress({ url, values }: Pick<ApiRequest, "url" | "values">): string {
  return url.replace(/\{(\w+)\}/g, (braces, name: string) =>
    values[name]?.trim() ? encodeURIComponent(values[name].trim()) : braces,
  );
}

/** A command for a terminal; the credentials are variables of the shell, and in no text that is copied. */
export function writeCurl(request: ApiRequest): string {
  const lines = [
    `curl -i${request.method === "GET" ? "" : ` -X ${request.method}`} ${quote(writeAddress(request))}`,
    `-H "Authorization: Bearer $ACCESS_TOKEN"`,
    `-H "${SUBSCRIPTION_KEY_HEADER}: $SUBSCRIPTION_KEY"`,
    ...(request.body === null ? [] : [`-H "Content-Type: application/json"`, `-d ${quote(request.body)}`]),
  ];
  return lines.join(" \\\n  ");
}

/** The request as it goes out, with its credentials masked. */
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

/** Taken literally by every shell: a quote inside ends the string, is escaped, and begins it again. */
const quote = (value: string) => `'${value.replaceAll("'", "'\\''")}'`;

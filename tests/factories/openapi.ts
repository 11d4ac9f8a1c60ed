import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

import { openApiDocument } from "#lib/legrand/openapi/document.ts";
import type { DocumentedAnswer, Method, Operation } from "#lib/legrand/openapi/openapi.ts";

/** One operation of the document, and its location. `address` is its path below the base of all APIs. */
export type LocatedOperation = { path: string; address: string; method: Method; operation: Operation };

const DOCUMENT = openApiDocument("https://sandbox.example/legrand");
const METHODS: readonly string[] = ["get", "post", "delete"];

/** Every operation of the document. */
export const OPERATIONS: LocatedOperation[] = Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
  Object.entries(methods)
    .filter(([method]) => METHODS.includes(method))
    .map(([method, operation]) => ({
      path,
      address: addressOf(path),
      method: method as Method,
      operation: operation as Operation,
    })),
);

/**
 * Returns the path below the operation's own server if it names one, else below the document's (OpenAPI 3.1,
 * §4.8.9).
 */
function addressOf(path: string): string {
  const item = DOCUMENT.paths[path]!;
  const [server] = "servers" in item ? (item.servers as { url: string }[]) : DOCUMENT.servers;
  return new URL(server!.url).pathname.replace(/^\/legrand\/api/, "") + path;
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(strictly(DOCUMENT) as object, "document");

/**
 * Returns the same document with `additionalProperties: false`, so that an undocumented member in an answer
 * is found.
 */
function strictly(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(strictly);
  if (typeof node !== "object" || node === null) return node;
  const members = Object.fromEntries(Object.entries(node).map(([name, member]) => [name, strictly(member)]));
  return members.type === "object" && "properties" in members
    ? { ...members, additionalProperties: false }
    : members;
}

const pointer = (...parts: string[]) =>
  parts.map((part) => `/${encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))}`).join("");

/** Compiles a check of bodies against the document, by the path to their content. */
function validator(...parts: string[]): ValidateFunction {
  return ajv.compile({ $ref: `document#${pointer(...parts, "content", "application/json", "schema")}` });
}

/** Compiles a check of answers of that status. */
export const answerValidator = ({ path, method }: LocatedOperation, status: string) =>
  validator("paths", path, method, "responses", status);

/** Compiles a check of request bodies. */
export const requestValidator = ({ path, method }: LocatedOperation) =>
  validator("paths", path, method, "requestBody");

/** Returns how a notification differs from the document. */
export function notificationProblems(value: unknown): string[] {
  const validate = ajv.compile({ $ref: "document#/components/schemas/Notification" });
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** The headers that the document has for any answer of the API, in lower case. */
const KNOWN_HEADERS = ["www-authenticate", "retry-after", "allow"];

/** Returns how an answer differs from the document, or an empty list if it conforms. */
export async function findDeviations(located: LocatedOperation, response: Response): Promise<string[]> {
  const { status, headers } = response;
  const documented: DocumentedAnswer | undefined = located.operation.responses[status];
  if (!documented) return [`the document has no ${status} for ${located.operation.operationId}`];
  const text = await response.text();
  const named = Object.keys(documented.headers ?? {}).map((name) => name.toLowerCase());
  const unnamed = KNOWN_HEADERS.filter((name) => headers.has(name) && !named.includes(name)).map(
    (name) => `the header ${name} is not in the document`,
  );
  if (!documented.content)
    return text === "" ? unnamed : [...unnamed, `a body, ${text}, where the document has none`];
  if (!headers.get("content-type")?.startsWith("application/json"))
    return [...unnamed, `the content type is ${headers.get("content-type")}`];
  const validate = answerValidator(located, String(status));
  return validate(JSON.parse(text))
    ? unnamed
    : [
        ...unnamed,
        ...(validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}: ${text}`),
      ];
}

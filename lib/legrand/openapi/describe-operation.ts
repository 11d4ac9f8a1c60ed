import { findScope, type Scope } from "#lib/legrand/scopes.ts";
import { OPERATIONS, type ListedOperation } from "#lib/legrand/openapi/operations-constants.ts";
import { describeShape, type ShapeRow } from "#lib/legrand/openapi/describe-shape.ts";
import { urlOf } from "#lib/legrand/openapi/apis-constants.ts";
import { PATHS } from "#lib/legrand/openapi/document.ts";
import type { DocumentedAnswer, Content, Method } from "#lib/legrand/openapi/openapi.ts";

/**
 * A body for display: its members, and examples as indented JSON. `isForm`: a form with the same members is
 * accepted too.
 */
export type DescribedBody = {
  description: string;
  isForm: boolean;
  shape: ShapeRow[];
  examples: { name: string; json: string }[];
};

/** One answer. `body` is null if it has none. */
export type DescribedAnswer = {
  status: number;
  description: string;
  headers: { name: string; description: string }[];
  body: DescribedBody | null;
};

/** Everything that the page of an operation shows. */
export type DescribedOperation = Omit<ListedOperation, "scope"> & {
  scope: Scope;
  description: string;
  /** Absolute, with the parameters in braces. */
  url: string;
  parameters: { name: string; description: string; type: string; example: string }[];
  body: DescribedBody | null;
  answers: DescribedAnswer[];
};

/** Returns the operation with that name at the sandbox with that issuer, or null if the document has none. */
export function describeOperation(id: string, issuer: string): DescribedOperation | null {
  const listed = OPERATIONS.find((operation) => operation.id === id);
  if (!listed) return null;
  const {
    description,
    parameters = [],
    requestBody,
    responses,
  } = PATHS[listed.key]![listed.method.toLowerCase() as Method]!;
  return {
    ...listed,
    description,
    scope: findScope(listed.scope)!,
    url: urlOf(issuer, listed.api) + listed.path,
    parameters: parameters.map(({ name, description, schema, example }) => ({
      name,
      description,
      example,
      type: schema.format ?? schema.type!,
    })),
    body: requestBody ? describeBody(requestBody) : null,
    answers: Object.entries(responses).map(([status, answer]) => describeAnswer(Number(status), answer)),
  };
}

function describeAnswer(
  status: number,
  { description, headers = {}, content }: DocumentedAnswer,
): DescribedAnswer {
  return {
    status,
    description,
    body: content ? describeBody({ description, content }) : null,
    headers: Object.entries(headers).map(([name, header]) => ({ name, description: header.description })),
  };
}

function describeBody({ description, content }: { description: string; content: Content }): DescribedBody {
  const { schema, examples } = content["application/json"];
  return {
    description,
    isForm: "application/x-www-form-urlencoded" in content,
    shape: describeShape(schema),
    examples: Object.values(examples).map(({ summary, value }) => ({
      name: summary,
      json: JSON.stringify(value, null, 2),
    })),
  };
}

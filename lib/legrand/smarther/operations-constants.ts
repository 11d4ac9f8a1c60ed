import { locate, type Api } from "#lib/legrand/smarther/openapi/apis-constants.ts";
import { PATHS } from "#lib/legrand/smarther/openapi/document.ts";
import type { Method, Operation } from "#lib/legrand/smarther/openapi/openapi.ts";

/** One operation of the API where it is listed. */
export type ListedOperation = {
  /** The document's `operationId`, and the last part of the address of its page. */
  id: string;
  method: Uppercase<Method>;
  /** The API that it belongs to. */
  api: Api;
  /** Below the address of that API. */
  path: string;
  /** Its path in the document. */
  key: string;
  summary: string;
  /** The one scope that it needs. */
  scope: string;
};

/** Every operation of the APIs, in the document's order. */
export const OPERATIONS: readonly ListedOperation[] = Object.entries(PATHS).flatMap(([key, methods]) =>
  (Object.entries(methods) as [Method, Operation][]).map(
    ([method, { operationId: id, summary, security }]) => ({
      id,
      method: method.toUpperCase() as Uppercase<Method>,
      ...locate(key),
      key,
      summary,
      scope: security[0].legrand[0],
    }),
  ),
);

/** The operations that need a scope; none where Legrand's pages describe no operation for it. */
export function operationsOf(scope: string): readonly ListedOperation[] {
  return OPERATIONS.filter((operation) => operation.scope === scope);
}

/** Where the catalogue lists the operations that need a scope. */
export const scopeInCatalogue = (scope: string) => `/legrand/apis#${scope}`;

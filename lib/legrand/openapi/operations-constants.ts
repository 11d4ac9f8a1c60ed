import { locate, type Api } from "#lib/legrand/openapi/apis-constants.ts";
import { PATHS } from "#lib/legrand/openapi/document.ts";
import type { Method, Operation } from "#lib/legrand/openapi/openapi.ts";

/** An operation of the API in a list. */
export type ListedOperation = {
  /** The document's `operationId`, and the last part of the address of its page. */
  id: string;
  method: Uppercase<Method>;
  /** The API that it belongs to. */
  api: Api;
  /** Path below the address of that API. */
  path: string;
  /** Its path in the document. */
  key: string;
  summary: string;
  /** The scope that it needs. */
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

/**
 * Returns the operations that need a scope. The list is empty if Legrand's pages describe no operation for
 * it.
 */
export function operationsOf(scope: string): readonly ListedOperation[] {
  return OPERATIONS.filter((operation) => operation.scope === scope);
}

/** Returns where the catalogue lists the operations that need a scope. */
export const scopeInCatalogue = (scope: string) => `/legrand/apis#${scope}`;

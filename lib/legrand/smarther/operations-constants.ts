import { PATHS } from "#lib/legrand/smarther/openapi/document.ts";
import type { Method, Operation } from "#lib/legrand/smarther/openapi/openapi.ts";

/** One operation of the API where it is listed. */
export type ListedOperation = {
  /** The document's `operationId`, and the last part of the address of its page. */
  id: string;
  method: Uppercase<Method>;
  path: string;
  summary: string;
  /** The one scope that it needs. */
  scope: string;
};

/** Every operation of the Smarther API v2.0, in the document's order. */
export const OPERATIONS: readonly ListedOperation[] = Object.entries(PATHS).flatMap(([path, methods]) =>
  (Object.entries(methods) as [Method, Operation][]).map(([method, { operationId: id, summary, security }]) =>
    ({ id, method: method.toUpperCase() as Uppercase<Method>, path, summary, scope: security[0].legrand[0] })));

/** The operations that need a scope; none where Legrand's pages describe no operation for it. */
export function operationsOf(scope: string): readonly ListedOperation[] {
  return OPERATIONS.filter((operation) => operation.scope === scope);
}

/** Where the catalogue lists the operations that need a scope. */
export const scopeInCatalogue = (scope: string) => `/legrand/apis#${scope}`;

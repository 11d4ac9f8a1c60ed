import { SCOPES, type Scope } from "#lib/legrand/scopes.ts";
import { operationsOf, type ListedOperation } from "#lib/legrand/openapi/operations-constants.ts";

/** A scope and the operations that need it. */
export type CatalogueGroup = { scope: Scope; operations: readonly ListedOperation[] };

/**
 * Returns the catalogue by scope, in the order of the scopes step. Scopes without a documented operation are
 * in `others`.
 */
export function listCatalogue(): { groups: CatalogueGroup[]; others: Scope[] } {
  const groups = SCOPES.filter(({ family }) => family !== "identity").map((scope) => ({
    scope,
    operations: operationsOf(scope.name),
  }));
  return {
    groups: groups.filter(({ operations }) => operations.length > 0),
    others: groups.filter(({ operations }) => operations.length === 0).map(({ scope }) => scope),
  };
}

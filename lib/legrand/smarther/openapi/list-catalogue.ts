import { SCOPES, type Scope } from "#lib/legrand/scopes.ts";
import { operationsOf, type ListedOperation } from "#lib/legrand/smarther/operations-constants.ts";

/** The operations that one scope opens. */
export type CatalogueGroup = { scope: Scope; operations: readonly ListedOperation[] };

/**
 * The catalogue by scope, in the order of the scopes step; scopes without a documented operation come in
 * `others`.
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

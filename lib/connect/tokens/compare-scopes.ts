/**
 * How a refresh changed the granted scopes. `withdrawn` lists scopes that the user took back at Legrand and
 * whose loss they have not accepted in Connect.
 */
export type ScopeChange = { granted: string[]; withdrawn: string[]; added: string[]; removed: string[] };

/**
 * Compares the scopes of a token response with those that were granted and withdrawn before. Null means
 * unchanged (RFC 6749 §5.1).
 */
export function compareScopes(
  before: { grantedScopes: string[]; withdrawnScopes: string[] },
  answered: string[] | null,
): ScopeChange {
  const granted = answered ?? before.grantedScopes;
  const removed = before.grantedScopes.filter((scope) => !granted.includes(scope));
  const added = granted.filter((scope) => !before.grantedScopes.includes(scope));
  const withdrawn = [...new Set([...before.withdrawnScopes, ...removed])].filter(
    (scope) => !granted.includes(scope),
  );
  return { granted, withdrawn, added, removed };
}

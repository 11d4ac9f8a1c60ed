/**
 * True if the account has granted this scope, as far as Connect knows. If the token response named no scopes,
 * only the API knows, so every call is tried.
 */
export function isGranted({ grantedScopes }: { grantedScopes: readonly string[] }, scope: string): boolean {
  return grantedScopes.length === 0 || grantedScopes.includes(scope);
}

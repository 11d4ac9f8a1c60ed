/**
 * Whether an account has granted that scope, as far as Connect knows. Where the token response named no
 * scope, only the API knows: every call is tried.
 */
export function isGranted({ grantedScopes }: { grantedScopes: readonly string[] }, scope: string): boolean {
  return grantedScopes.length === 0 || grantedScopes.includes(scope);
}

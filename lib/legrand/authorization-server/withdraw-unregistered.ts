import { loadApplication } from "#lib/legrand/authorization-server/adapter.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import { mailAccessChanged } from "#lib/legrand/grants/grant-mails.ts";
import { withdrawScopes, type Grant } from "#lib/legrand/grants/store.ts";
import { UNREGISTERED_SCOPES } from "#lib/legrand/scopes.ts";

/**
 * Removes from a grant the scopes that the application is no longer registered for. It is called at a
 * refresh, whose tokens have already lost them. If a scope was removed, the person receives a mail; otherwise
 * nothing is written.
 */
export async function withdrawUnregistered(grantId: string): Promise<void> {
  const grant = requestScope().loaded.get(`Grant:${grantId}`) as Grant | null | undefined;
  const application = grant && (await loadApplication(grant.clientId));
  if (!application) return;
  const withdrawn = grant.grantedScopes.filter(
    (scope) => ![...application.scopes, ...UNREGISTERED_SCOPES].includes(scope),
  );
  const changed = withdrawn.length ? await withdrawScopes(grant.id, withdrawn) : null;
  if (changed) mailAccessChanged(changed, { added: [], removed: withdrawn }, "developer");
}

import { now } from "#lib/clock.ts";
import { noteApplicationUse } from "#lib/legrand/applications/store.ts";
import { loadApplication } from "#lib/legrand/authorization-server/adapter.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";

/**
 * Notes that a client was there that proved itself by a secret, or got an answer without one: to the minute, so that it costs
 * a statement a minute and not one a request.
 */
export async function noteUse(clientId: string | null, isAnswered: boolean): Promise<void> {
  const { shownSecret, isPublicClient } = requestScope();
  const application = clientId ? await loadApplication(clientId) : null;
  if (!application || !(shownSecret ?? (isPublicClient && isAnswered))) return;
  const secret = application.secrets.find(({ digest }) => digest === shownSecret);
  const isNoted = [application.lastUsedAt, ...(secret ? [secret.lastUsedAt] : [])].every((at) => at && Date.parse(at) > now().getTime() - 60_000);
  if (!isNoted) await noteApplicationUse(application.clientId, shownSecret, now());
}

import { now } from "#lib/clock.ts";
import { noteApplicationUse } from "#lib/legrand/applications/store.ts";
import { loadApplication } from "#lib/legrand/authorization-server/adapter.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import { noteGrantUse } from "#lib/legrand/grants/note-grant-use.ts";
import type { Grant } from "#lib/legrand/grants/store.ts";

/** Records that the grant of the sent token was used. */
export async function noteUseOfToken(): Promise<void> {
  const grants = [...requestScope().loaded]
    .filter(([key]) => key.startsWith("Grant:"))
    .map(([, grant]) => grant as Grant | null);
  for (const grant of grants) if (grant) await noteGrantUse(grant);
}

/**
 * Records that a client was used, if it proved itself by a secret or received a successful response without
 * one. The time is stored to the minute, so that it costs one statement a minute and not one per request.
 */
export async function noteUse(clientId: string | null, isAnswered: boolean): Promise<void> {
  const { shownSecret, isPublicClient } = requestScope();
  const application = clientId ? await loadApplication(clientId) : null;
  if (!application || !(shownSecret ?? (isPublicClient && isAnswered))) return;
  const secret = application.secrets.find(({ digest }) => digest === shownSecret);
  const isNoted = [application.lastUsedAt, ...(secret ? [secret.lastUsedAt] : [])].every(
    (at) => at && Date.parse(at) > now().getTime() - 60_000,
  );
  if (!isNoted) await noteApplicationUse(application.clientId, shownSecret, now());
}

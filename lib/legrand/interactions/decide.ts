import { z } from "zod";

import { recordConsent } from "#lib/legrand/grants/store.ts";
import { loadApplication } from "#lib/legrand/authorization-server/adapter.ts";
import { ALWAYS_GRANTED_SCOPE, parseScope, UNREGISTERED_SCOPES } from "#lib/legrand/scopes.ts";
import { answerInteraction, answerWithDenial } from "#lib/legrand/interactions/answer-interaction.ts";
import { inInteraction, type Interaction } from "#lib/legrand/interactions/in-interaction.ts";

/** Fields of the consent form; `scope` repeats. */
export const decisionSchema = z.object({
  decision: z.enum(["accept", "deny"], "Choose Accept or Deny"),
  scopes: z.array(z.string()),
});

/**
 * Carries out what the person decided. Accepting grants what was requested, is registered and was left ticked, and always
 * `topology.read`; denying changes nothing that was stored. Returns where the browser goes next, or null when the
 * interaction ended.
 */
export function decide(uid: string, headers: Headers, { decision, scopes }: z.infer<typeof decisionSchema>): Promise<string | null> {
  return inInteraction(uid, headers, async ({ interaction }) => {
    if (decision === "deny") return answerWithDenial(interaction);
    // Only a person who signed in, on the page that asked them, can consent.
    if (interaction.prompt.name !== "consent" || !interaction.session) return null;
    if (!(await accept(interaction, interaction.session.accountId, new Set(scopes)))) return null;
    return answerInteraction(interaction, { consent: {} });
  });
}

/** False when the application was deleted while the person decided. */
async function accept(interaction: Interaction, accountId: string, ticked: Set<string>): Promise<boolean> {
  const params = interaction.params as Record<string, string | undefined>;
  const application = await loadApplication(params.client_id!);
  if (!application) return false;
  const registered = new Set([...application.scopes, ...UNREGISTERED_SCOPES]);
  const requested = parseScope(params.scope).filter((scope) => registered.has(scope));
  const isAllowed = (scope: string) => scope === ALWAYS_GRANTED_SCOPE || ticked.has(scope);
  await recordConsent(accountId, params.client_id!, requested.filter(isAllowed), requested.filter((scope) => !isAllowed(scope)));
  return true;
}

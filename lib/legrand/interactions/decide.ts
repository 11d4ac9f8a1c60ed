import { z } from "zod";

import { isAccountId, type AccountId } from "#lib/legrand/accounts/account-id.ts";
import { findAccount } from "#lib/legrand/accounts/store.ts";
import { findScopeTerms } from "#lib/legrand/applications/store.ts";
import { isClientId } from "#lib/legrand/applications/client-id.ts";
import { mailAccessChanged, mailAccessGiven } from "#lib/legrand/grants/grant-mails.ts";
import { findGrant, recordConsent, replaceConsent } from "#lib/legrand/grants/store.ts";
import { askedScopes, isFixed, isReview } from "#lib/legrand/interactions/asked-scopes.ts";
import { loadApplication } from "#lib/legrand/authorization-server/load-application.ts";
import { answerInteraction, answerWithDenial } from "#lib/legrand/interactions/answer-interaction.ts";
import { inInteraction, type Interaction } from "#lib/legrand/interactions/in-interaction.ts";

/** Fields of the consent form. `scope` may repeat. */
export const decisionSchema = z.object({
  decision: z.enum(["accept", "deny"], "Choose Accept or Deny"),
  scopes: z.array(z.string()),
});

/**
 * Carries out the person's decision. Accepting grants the requested and registered scopes that stayed
 * checked, and always `topology.read`, a requested `openid` and what the registration requires. They are added to the existing grant, or
 * replace it if the page showed it for review. Denying changes nothing that was stored. Returns where the
 * browser goes next, or null if the interaction ended.
 */
export function decide(
  uid: string,
  headers: Headers,
  { decision, scopes }: z.infer<typeof decisionSchema>,
): Promise<string | null> {
  return inInteraction(uid, headers, async ({ interaction }) => {
    if (decision === "deny") return answerWithDenial(interaction);
    // Only a person who signed in, and who was on the page that asks for consent, can consent.
    const accountId = interaction.session?.accountId;
    if (interaction.prompt.name !== "consent" || !isAccountId(accountId)) return null;
    if (!(await accept(interaction, accountId, new Set(scopes)))) return null;
    return answerInteraction(interaction, { consent: {} });
  });
}

/**
 * Records an accepted decision. Returns false if the application or the account was deleted in the meantime.
 */
async function accept(interaction: Interaction, accountId: AccountId, ticked: Set<string>): Promise<boolean> {
  const params = interaction.params as Record<string, string | undefined>;
  const { client_id: clientId } = params;
  if (!isClientId(clientId)) return false;
  const [application, account, grant, terms] = await Promise.all([
    loadApplication(clientId),
    findAccount(accountId),
    findGrant(accountId, clientId),
    findScopeTerms(clientId),
  ]);
  if (!application || !account) return false;
  const asked = askedScopes(params.scope, application, isReview(params, grant));
  const isAllowed = (scope: string) => isFixed(terms, scope) || ticked.has(scope);
  const allowed = asked.filter(isAllowed);
  const record = isReview(params, grant) ? replaceConsent : recordConsent;
  const change = await record(
    accountId,
    clientId,
    allowed,
    asked.filter((scope) => !isAllowed(scope)),
  );
  if (change.isNew) mailAccessGiven(account, application, allowed);
  else mailAccessChanged({ email: account.email, application }, change, "decision");
  return true;
}

import { z } from "zod";

import { isAccountId, type AccountId } from "#lib/legrand/accounts/account-id.ts";
import { findAccount } from "#lib/legrand/accounts/store.ts";
import { findScopeTerms } from "#lib/legrand/applications/store.ts";
import { isClientId } from "#lib/legrand/applications/client-id.ts";
import { sendConsentReceipt } from "#lib/legrand/grants/send-consent-receipt.ts";
import { chooseHomes } from "#lib/legrand/grants/shared-homes.ts";
import { findSharedHomes } from "#lib/legrand/grants/shared-homes.store.ts";
import { findGrant, recordConsent, replaceConsent } from "#lib/legrand/grants/store.ts";
import { askedScopes, isFixed, isReview } from "#lib/legrand/interactions/asked-scopes.ts";
import { loadApplication } from "#lib/legrand/authorization-server/load-application.ts";
import { answerInteraction, answerWithDenial } from "#lib/legrand/interactions/answer-interaction.ts";
import { noteStep } from "#lib/legrand/interactions/note-step.ts";
import type { Reason } from "#lib/legrand/request-log/reason-constants.ts";
import { redactParameters } from "#lib/legrand/request-log/redact-parameters.ts";
import { inInteraction, type Interaction } from "#lib/legrand/interactions/in-interaction.ts";

/** Fields of the consent form. `scope` and `home` may repeat. */
export const decisionSchema = z.object({
  decision: z.enum(["accept", "deny"], "Choose Accept or Deny"),
  scopes: z.array(z.string()),
  homes: z.object({ ticked: z.array(z.string()), wereShown: z.boolean() }),
});

type Decision = z.infer<typeof decisionSchema>;

/** Where the browser goes next, or why the decision was not carried out and the page has to be shown again. */
export type DecisionOutcome = { ok: true; location: string } | { ok: false; reason: "no_home" };

/**
 * Carries out the person's decision. Accepting grants the requested and registered scopes that stayed
 * checked, and always `topology.read`, a requested `openid` and what the registration requires, for the chosen
 * homes. They are added to the existing grant, or replace it if the page showed it for review. Denying changes
 * nothing that was stored.
 * Returns null if the interaction ended. If homes were shown and none is ticked, nothing is stored, and the
 * interaction can still be answered.
 */
export function decide(uid: string, headers: Headers, decision: Decision): Promise<DecisionOutcome | null> {
  return inInteraction(uid, headers, async ({ interaction }) => {
    const note = (reason: Reason | null, accountId = interaction.session?.accountId ?? null) =>
      noteStep("consent", interaction, {
        reason,
        accountId,
        parameters: redactParameters([
          ["decision", decision.decision],
          ["scope", decision.scopes.join(" ")],
        ]),
      });
    if (decision.decision === "deny") {
      note("access_denied");
      return goTo(await answerWithDenial(interaction));
    }
    // Only a person who signed in, and who was on the page that asks for consent, can consent.
    const accountId = interaction.session?.accountId;
    if (interaction.prompt.name !== "consent" || !isAccountId(accountId)) return null;
    const accepted = await accept(interaction, accountId, decision);
    if (accepted !== "gone") note(accepted === "no_home" ? "no_home" : null);
    if (accepted === "no_home") return { ok: false, reason: "no_home" };
    return accepted === "gone" ? null : goTo(await answerInteraction(interaction, { consent: {} }));
  });
}

const goTo = (location: string): DecisionOutcome => ({ ok: true, location });

/**
 * Records an accepted decision. Returns "gone" if the application or the account was deleted in the meantime,
 * and "no_home" if the person was asked about homes and chose none.
 */
async function accept(
  interaction: Interaction,
  accountId: AccountId,
  { scopes, homes }: Decision,
): Promise<"recorded" | "gone" | "no_home"> {
  const params = interaction.params as Record<string, string | undefined>;
  const { client_id: clientId } = params;
  if (!isClientId(clientId)) return "gone";
  const [application, account, grant, shared, terms] = await Promise.all([
    loadApplication(clientId),
    findAccount(accountId),
    findGrant(accountId, clientId),
    findSharedHomes(accountId, clientId),
    findScopeTerms(clientId),
  ]);
  if (!application || !account) return "gone";
  const chosen = chooseHomes(homes, shared);
  if (!chosen) return "no_home";
  const asked = askedScopes(params.scope, application, isReview(params, grant));
  const isAllowed = (scope: string) => isFixed(terms, scope) || scopes.includes(scope);
  const allowed = asked.filter(isAllowed);
  const refused = asked.filter((scope) => !isAllowed(scope));
  const record = isReview(params, grant) ? replaceConsent : recordConsent;
  const change = await record(accountId, clientId, allowed, refused, chosen);
  sendConsentReceipt({ email: account.email, application }, allowed, change, shared);
  return "recorded";
}

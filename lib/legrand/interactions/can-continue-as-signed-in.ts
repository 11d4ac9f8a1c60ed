import { SELECT_ACCOUNT } from "#lib/legrand/authorization-server/interaction-policy.ts";
import type { Interaction } from "#lib/legrand/interactions/in-interaction.ts";

/**
 * True if the person may continue with the signed-in account: the application asked them to choose an
 * account, and did not also ask for a new sign-in (`prompt=login`).
 */
export function canContinueAsSignedIn({
  prompt,
  params,
  session,
}: Pick<Interaction, "prompt" | "params" | "session">): boolean {
  const asked = typeof params.prompt === "string" ? params.prompt.split(" ") : [];
  return prompt.name === SELECT_ACCOUNT && Boolean(session?.accountId) && !asked.includes("login");
}

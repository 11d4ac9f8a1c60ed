import { seeOther } from "#lib/http/form-post.ts";
import { NO_HOME_CHOSEN } from "#lib/legrand/grants/shared-homes.ts";
import type { DescribedInteraction } from "#lib/legrand/interactions/describe-interaction.ts";
import { interactionPath } from "#lib/legrand/interactions/interaction-post.ts";
import { formNotice, type FormNotice } from "#lib/legrand/portal/form-notice.ts";
import { findScope } from "#lib/legrand/scopes.ts";

type Ticks = Pick<Extract<DescribedInteraction, { state: "consent" }>, "scopes" | "homes">;

/** Returns the notice of the consent form. Its path is the form's own, because the page also shows others. */
const consentNotice = (uid: string) => formNotice(`${interactionPath(uid)}/consent`);

/** Shows the consent page again after an Accept without a home, with the scopes that were ticked. */
export function askForHome(uid: string, scopes: readonly string[]): Response {
  const notice: FormNotice = {
    tone: "error",
    fieldErrors: { home: `${NO_HOME_CHOSEN}, or deny.` },
    // Only names of the catalogue, because a cookie has little room.
    typed: { scope: scopes.filter((name) => findScope(name)).join(" ") },
  };
  return seeOther(interactionPath(uid), consentNotice(uid).seal(notice));
}

/** Returns the notice for the consent page, or null. */
export const findConsentNotice = (uid: string): Promise<FormNotice | null> => consentNotice(uid).find();

/** Returns the scopes and homes as the person left them when the form was refused: no home was ticked. */
export function restoreTicks({ scopes, homes }: Ticks, notice: FormNotice | null): Ticks {
  const ticked = notice?.typed?.scope?.split(" ");
  if (!ticked) return { scopes, homes };
  return {
    scopes: scopes.map((scope) => ({ ...scope, checked: ticked.includes(scope.name) })),
    homes: homes.map((home) => ({ ...home, isShared: false })),
  };
}

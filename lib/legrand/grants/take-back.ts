import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { mailAccessChanged } from "#lib/legrand/grants/grant-mails.ts";
import type { GrantOf } from "#lib/legrand/grants/grant-of.ts";
import { takeBackScope } from "#lib/legrand/grants/store.ts";
import { ALWAYS_GRANTED_SCOPE, findScope } from "#lib/legrand/scopes.ts";

/** The result: the label of the scope, or why it was not taken back. */
export type TakeBackOutcome = { ok: true; label: string } | { ok: false; sentence: string };

/**
 * Takes one scope back from an application, and tells the person by mail. From then on, API calls that need
 * the scope fail, and no new token has it. `topology.read` cannot be taken back, because it belongs to every
 * access (Works with Legrand, Scopes). Taking back a scope that is no longer granted also succeeds, without a
 * mail.
 */
export async function takeBack(
  account: LegrandAccount,
  grant: GrantOf,
  name: unknown,
): Promise<TakeBackOutcome> {
  const scope = typeof name === "string" ? findScope(name) : null;
  if (!scope) return { ok: false, sentence: "Permission not found." };
  if (scope.name === ALWAYS_GRANTED_SCOPE)
    return {
      ok: false,
      sentence: "This permission is always included. Remove the whole access to end it.",
    };
  if (await takeBackScope(grant.id, scope.name))
    mailAccessChanged(
      { email: account.email, application: grant },
      { added: [], removed: [scope.name] },
      "take_back",
    );
  return { ok: true, label: scope.label };
}

import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { mailAccessChanged } from "#lib/legrand/grants/grant-mails.ts";
import type { GrantOf } from "#lib/legrand/grants/grant-of.ts";
import { takeBackScope } from "#lib/legrand/grants/store.ts";
import { ALWAYS_GRANTED_SCOPE, findScope } from "#lib/legrand/scopes.ts";

/** What came of it: the scope in words, or why not. */
export type TakeBackOutcome = { ok: true; label: string } | { ok: false; sentence: string };

/**
 * Takes one scope back from an application: its API calls fail from now on where they need it, and no new
 * token has it. Not
 * `topology.read`, which belongs to every access (Works with Legrand, Scopes). One that is not granted any more is as taken back. The
 * person receives a mail.
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

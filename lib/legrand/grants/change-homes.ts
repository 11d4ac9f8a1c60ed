import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { mailAccessChanged } from "#lib/legrand/grants/grant-mails.ts";
import type { GrantOf } from "#lib/legrand/grants/grant-of.ts";
import {
  chooseHomes,
  describeHomesChange,
  describeSharedHomes,
  NO_HOME_CHOSEN,
  type SentHomes,
} from "#lib/legrand/grants/shared-homes.ts";
import { saveSharedHomes } from "#lib/legrand/grants/shared-homes.store.ts";

/** The result in a sentence. If it is not ok, nothing was changed. */
export type HomesOutcome = { ok: boolean; sentence: string };

/**
 * Changes which homes an application may see, and tells the person by mail if that differs from before. It
 * applies to the next API call, and the application's subscriptions to other homes end. At least one home has
 * to be chosen, because an access to no home is one that the person would remove.
 */
export async function changeHomes(
  account: LegrandAccount,
  grant: GrantOf,
  sent: SentHomes,
): Promise<HomesOutcome> {
  const chosen = chooseHomes({ ...sent, wereShown: true }, grant.sharedHomes);
  if (!chosen) return { ok: false, sentence: `${NO_HOME_CHOSEN} for ${grant.name}, or remove its access.` };
  const change = await saveSharedHomes(account, grant, chosen);
  if (!change) return { ok: false, sentence: `${grant.name} no longer has access. Nothing was changed.` };
  mailAccessChanged(
    { email: account.email, application: grant },
    { added: [], removed: [] },
    "homes",
    describeHomesChange(grant.sharedHomes.homes, change),
  );
  return { ok: true, sentence: describeSaved(grant, change.after) };
}

function describeSaved({ name, sharedHomes }: GrantOf, stored: string[] | null): string {
  if (stored === null) return `${name} can now see all your homes, including later ones.`;
  const homes = sharedHomes.homes.map((home) => ({ ...home, isShared: stored.includes(home.id) }));
  return `${name} can now see: ${describeSharedHomes({ isAll: false, homes })}.`;
}

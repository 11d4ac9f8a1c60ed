import { mailAccessChanged, mailAccessGiven } from "#lib/legrand/grants/grant-mails.ts";
import { canChooseHomes, describeHomesChange, type SharedHomes } from "#lib/legrand/grants/shared-homes.ts";
import type { GrantChange, RevokedGrant } from "#lib/legrand/grants/store.ts";

/**
 * Tells a person by mail what their decision gave or took. `allowed` are the scopes that they allowed, and
 * `shared` are their homes before it. A first decision names the homes only if there was a choice.
 */
export function sendConsentReceipt(
  { email, application }: RevokedGrant,
  allowed: readonly string[],
  change: GrantChange,
  shared: SharedHomes,
): void {
  const { before, after } = change.homes;
  if (!change.isNew) {
    const homes = describeHomesChange(shared.homes, { before, after });
    return mailAccessChanged({ email, application }, change, "decision", homes);
  }
  // An application without access saw no home.
  const { added } = describeHomesChange(shared.homes, { before: [], after });
  mailAccessGiven({ email }, application, allowed, canChooseHomes(shared) ? added : []);
}

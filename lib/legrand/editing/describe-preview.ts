import { env } from "#lib/env.ts";
import { fullName } from "#lib/legrand/accounts/full-name.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import type { DraftFields } from "#lib/legrand/editing/draft-schema.ts";
import { describeLifetime } from "#lib/legrand/grants/describe-lifetime.ts";
import { ALWAYS_GRANTED_SCOPE, SCOPES } from "#lib/legrand/scopes.ts";

/** Returns the consent page of a draft as the developer themselves would see it. */
export function describePreview(
  account: LegrandAccount,
  { name, description, vendor, url, replyUrls, scopes }: DraftFields,
  logoPath: string | null,
) {
  const [replyUrl = ""] = replyUrls;
  return {
    saved: { name, description, vendor, url, logoUrl: logoPath },
    scopes: SCOPES.filter((scope) => scopes.includes(scope.name)).map((scope) => ({
      ...scope,
      fixed: scope.name === ALWAYS_GRANTED_SCOPE,
      checked: true,
    })),
    returnHost: URL.parse(replyUrl)?.host || replyUrl || "your application",
    account: { name: fullName(account), email: account.email },
    lifetime: describeLifetime(env().sandbox!.refreshMaxDays),
  };
}

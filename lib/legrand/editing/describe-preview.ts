import { env } from "#lib/env.ts";
import { fullName } from "#lib/legrand/accounts/full-name.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import type { DraftFields } from "#lib/legrand/editing/draft-schema.ts";
import { describeLifetime } from "#lib/legrand/grants/describe-lifetime.ts";
import { previewScopes } from "#lib/legrand/editing/preview-scopes.ts";

/** Returns the consent page of a draft as the developer themselves would see it. */
export function describePreview(
  account: LegrandAccount,
  { name, description, vendor, url, replyUrls, scopes, scopeTerms }: DraftFields,
  logoPath: string | null,
) {
  const [replyUrl = ""] = replyUrls;
  return {
    saved: { name, description, vendor, url, logoUrl: logoPath },
    scopes: previewScopes(scopes, scopeTerms),
    returnHost: URL.parse(replyUrl)?.host || replyUrl || "your application",
    account: { name: fullName(account), email: account.email },
    lifetime: describeLifetime(env().sandbox!.refreshMaxDays),
  };
}

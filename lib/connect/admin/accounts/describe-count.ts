import { describeFilter } from "#lib/connect/admin/accounts/describe-filter.ts";
import type { AccountFilter } from "#lib/connect/admin/accounts/filter-schema.ts";

const NUMBER = new Intl.NumberFormat("en");

/** Says how many linked accounts a filter matches: “About 12,000 linked accounts: state Connected”. */
export function describeCount(
  { amount, isExact, isAtLeast }: { amount: number; isExact: boolean; isAtLeast: boolean },
  filter: AccountFilter,
): string {
  const number = isAtLeast
    ? `More than ${NUMBER.format(amount)}`
    : isExact
      ? NUMBER.format(amount)
      : `About ${NUMBER.format(amount)}`;
  const words = describeFilter(filter);
  const what = amount === 1 && !isAtLeast ? "linked account" : "linked accounts";
  return words === "all linked accounts" ? `${number} ${what}` : `${number} ${what}: ${words}`;
}

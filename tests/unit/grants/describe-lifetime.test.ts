import { expect, test } from "vitest";

import { describeLifetime } from "#lib/legrand/grants/describe-lifetime.ts";

test.each([
  [365, "after 90 days without use, and after one year at the latest"],
  [730, "after 90 days without use, and after 2 years at the latest"],
  [120, "after 90 days without use, and after 120 days at the latest"],
  [90, "after 90 days"],
  [30, "after 30 days"],
  [1, "after one day"],
])("with a setting of %d days an access ends %s (ASVS 10.7.2)", (days, words) => {
  expect(describeLifetime(days)).toBe(words);
});

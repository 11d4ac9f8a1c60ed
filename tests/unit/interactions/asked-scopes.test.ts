import { expect, test } from "vitest";

import type { Application } from "#lib/legrand/applications/store.ts";
import type { Grant } from "#lib/legrand/grants/store.ts";
import { askedScopes, isReview } from "#lib/legrand/interactions/asked-scopes.ts";

const application = { scopes: ["topology.read", "comfort.read", "light.read"] } as unknown as Application;
const grant = { id: "grant" } as unknown as Grant;

test.each<[string | undefined, boolean, string[]]>([
  ["openid comfort.read", false, ["openid", "comfort.read"]],
  ["comfort.read comfort.read lock.read nonsense", false, ["comfort.read"]],
  [undefined, false, []],
  ["openid comfort.read", true, ["openid", "comfort.read", "topology.read"]],
  ["topology.read light.read", true, ["topology.read", "light.read"]],
])(
  "asks about the scopes that are requested and registered: %j, in a review %s",
  (requested, review, expected) => {
    expect(askedScopes(requested, application, review)).toEqual(expected);
  },
);

test("a review needs the application's request and an existing grant (decision 19)", () => {
  expect(isReview({ grant_management_action: "replace" }, grant)).toBe(true);
  expect(isReview({ grant_management_action: "replace" }, null)).toBe(false);
  expect(isReview({ grant_management_action: "merge" }, grant)).toBe(false);
  expect(isReview({}, grant)).toBe(false);
});

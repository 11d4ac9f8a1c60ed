import { expect, test } from "vitest";

import { describeDeletion } from "#lib/legrand/account-deletion/describe-deletion.ts";

const NOTHING = { applications: 0, people: 0, drafts: 0, subscriptions: 0, grants: 0, homes: 0 };

test("lists what a deletion removes, with its numbers", () => {
  expect(
    describeDeletion({ applications: 2, people: 7, drafts: 1, subscriptions: 1, grants: 3, homes: 2 }),
  ).toEqual([
    "2 applications that you registered, with the access that 7 people gave them",
    "1 draft of an application",
    "1 subscription to the API, with its keys",
    "the access that you gave to 3 applications",
    "2 homes, with everything in them",
  ]);
  expect(describeDeletion({ ...NOTHING, applications: 1, people: 1 })).toEqual([
    "1 application that you registered, with the access that 1 person gave it",
  ]);
});

test("leaves out items with the number zero", () => {
  expect(describeDeletion(NOTHING)).toEqual([]);
  expect(describeDeletion({ ...NOTHING, applications: 1, homes: 1 })).toEqual([
    "1 application that you registered",
    "1 home, with everything in it",
  ]);
});

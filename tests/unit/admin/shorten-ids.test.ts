import { expect, test } from "vitest";

import { shortenIds } from "#lib/connect/admin/accounts/shorten-ids.ts";

const shorten = (...ids: string[]) => [...shortenIds(ids).values()];

test("ids that begin alike are shortened to their last eight characters", () => {
  expect(shorten("seeded-aaaaaaaa-11111111", "seeded-aaaaaaaa-22222222")).toEqual(["…11111111", "…22222222"]);
});

test("ids that end alike keep as many characters as they need to differ", () => {
  expect(shorten("1-same-ending-of-both", "2-same-ending-of-both")).toEqual([
    "1-same-ending-of-both",
    "2-same-ending-of-both",
  ]);
  expect(shorten("prefix-1-same-ending", "prefix-2-same-ending")).toEqual([
    "…1-same-ending",
    "…2-same-ending",
  ]);
});

test("an id that would lose only one character stays whole, because the ellipsis needs as much", () => {
  expect(shorten("123456789", "short", "1234567890")).toEqual(["123456789", "short", "…34567890"]);
});

test("the same id twice has one short form, and no id has none", () => {
  expect(shorten("seeded-1234567890", "seeded-1234567890")).toEqual(["…34567890"]);
  expect(shorten()).toEqual([]);
});
